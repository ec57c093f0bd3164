package ops

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"balie/db"
)

// KeepLog seals the log again and again, and notes each head in the file
// o.Heads, until ctx ends. It goes on when the database or the disk comes back,
// and says so once when one goes. Run it in one goroutine per node.
func (o *Ops) KeepLog(ctx context.Context, every time.Duration) error {
	f, err := os.OpenFile(o.Heads, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("keep the heads of the log: %w", err)
	}
	defer f.Close()
	k := keeper{ops: o, heads: f}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		k.once(ctx)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// keeper remembers whether the last head is noted, and whether sealing fails.
type keeper struct {
	ops     *Ops
	heads   *os.File
	noted   bool
	failing bool
}

// sealTime ends a try that hangs on a dead connection; the next one makes a new
// connection.
const sealTime = 10 * time.Second

func (k *keeper) once(ctx context.Context) {
	try, cancel := context.WithTimeout(ctx, sealTime)
	defer cancel()
	err := k.seal(try)
	switch {
	case ctx.Err() != nil: // stopped, not failed
	case err != nil && !k.failing:
		k.ops.Log.Error("the log can't be sealed", "err", err, "cause", errors.Unwrap(err))
	case err == nil && k.failing:
		k.ops.Log.Info("the log is sealed again")
	}
	k.failing = err != nil
}

// seal notes first what a crash, a full disk or another node's end may have
// left unnoted: each head stands for all before it.
func (k *keeper) seal(ctx context.Context) error {
	var heads []db.LogHead
	if !k.noted {
		last, err := k.ops.Store.LastHead(ctx)
		if err != nil {
			return err
		}
		if last.N > 0 {
			heads = append(heads, last)
		}
	}
	made, err := k.ops.Store.SealLog(ctx)
	heads = append(heads, made...)
	k.noted = err == nil
	if noteErr := k.note(heads); noteErr != nil {
		k.noted = false
		err = errors.Join(err, noteErr)
	}
	return err
}

// note appends heads and waits until they are on the disk. A line that a crash
// cut short is ended first, so that it spoils no other.
func (k *keeper) note(heads []db.LogHead) error {
	if len(heads) == 0 {
		return nil
	}
	if k.ops.HeadsLog {
		for _, h := range heads {
			k.ops.Log.Info(db.HeadWord + " " + h.String())
		}
	}
	text, err := k.lineEnd()
	if err != nil {
		return err
	}
	for _, h := range heads {
		text += h.String() + "\n"
	}
	if _, err := io.WriteString(k.heads, text); err != nil {
		return err
	}
	return k.heads.Sync()
}

func (k *keeper) lineEnd() (string, error) {
	info, err := k.heads.Stat()
	if err != nil || info.Size() == 0 {
		return "", err
	}
	last := make([]byte, 1)
	if _, err := k.heads.ReadAt(last, info.Size()-1); err != nil {
		return "", err
	}
	if last[0] == '\n' {
		return "", nil
	}
	return "\n", nil
}
