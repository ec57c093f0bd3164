package cluster

import (
	"context"
	"errors"
	"os"
	"syscall"
	"time"
)

// tick is how often something that cannot be waited for is looked at again.
const tick = 20 * time.Millisecond

var errLocked = errors.New("locked by another process")

// tryLock takes an exclusive lock that the kernel releases when this process
// ends, however it ends. Closing the file releases it too; children do not
// inherit it.
func tryLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return f, nil
	}
	f.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, errLocked
	}
	return nil, err
}

// waitLock waits for the lock; busy is called once if somebody else has it.
func waitLock(ctx context.Context, path string, busy func()) (*os.File, error) {
	for {
		f, err := tryLock(path)
		if !errors.Is(err, errLocked) {
			return f, err
		}
		busy()
		busy = func() {}
		if err := pause(ctx, tick); err != nil {
			return nil, err
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
