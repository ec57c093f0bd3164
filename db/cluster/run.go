package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// keeperScript runs the server and shuts it down when descriptor 3 reaches its end:
// because Stop closed the other side, or because the program died, even by
// kill -9. The reader outlives a killed keeper. Signals that a terminal or
// systemd sends to all are ignored here; the program decides.
// The log is opened here, as the server's account and not as root.
const keeperScript = `
home=$1 sig=$2 junk=$3; shift 3
log=$home/server.log
umask 077
trap '' HUP INT TERM
[ ! -e "$log" ] || mv -f "$log" "$log.old"
exec >"$log" 2>&1
"$@" 3<&- & server=$!
{ read _ <&3; kill -"$sig" $server; } & reader=$!
exec 3<&-
wait $server; status=$?
kill -KILL $reader
[ -z "$junk" ] || rm -rf "$junk" "$home"
exit $status`

// launch starts keeper and server. Closing the pipe stops them; the lock goes
// when they have ended.
func (c *Cluster) launch(cfg Config, lock *os.File) error {
	end, pipe, err := os.Pipe()
	if err != nil {
		return err
	}
	defer end.Close()
	if cfg.Temporary { // the keeper removes Dir, under the server's account
		if err := c.place.as.give(c.place.dir); err != nil {
			return errors.Join(err, pipe.Close())
		}
	}
	cmd := c.keeper(cfg)
	cmd.ExtraFiles = []*os.File{end}
	if err := cmd.Start(); err != nil {
		return errors.Join(err, pipe.Close())
	}
	c.pipe = pipe
	go func() {
		cmd.Wait() // its status is of no use: the log says why
		lock.Close()
		close(c.done)
	}()
	return nil
}

func (c *Cluster) keeper(cfg Config) *exec.Cmd {
	sig, junk := "INT", ""
	if cfg.Temporary {
		sig, junk = "QUIT", c.place.dir
	}
	args := []string{"-c", keeperScript, "balie-postgres", c.place.home, sig, junk, filepath.Join(c.Binaries.Dir, "postgres"), "-D", c.place.data()}
	cmd := exec.Command("/bin/sh", append(args, settings(c.socketDir, cfg.Settings)...)...)
	cmd.Env = append(c.Binaries.env(), cfg.Env...)
	c.place.as.wear(cmd)
	return cmd
}

// errEnded is a server that ended before it let anybody in.
var errEnded = errors.New("the server ended")

// ready waits until the server lets the superuser in, however long recovery
// takes; the caller's context is the limit.
func (c *Cluster) ready(ctx context.Context) error {
	for {
		err := c.ping(ctx)
		if err == nil || !starting(err) {
			return err
		}
		select {
		case <-c.done:
			return fmt.Errorf("%w: %w", errEnded, err)
		default:
		}
		if pause(ctx, tick) != nil {
			return err
		}
	}
}

func (c *Cluster) ping(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, c.URL("postgres", Superuser))
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// starting tells "not yet" (no socket, 57P03 cannot_connect_now, or a server
// that is about to end) from a refusal that waiting will not change.
func starting(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return strings.HasPrefix(pg.Code, "57P")
	}
	for _, soon := range []error{syscall.ENOENT, syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.EPIPE, io.EOF, io.ErrUnexpectedEOF} {
		if errors.Is(err, soon) {
			return true
		}
	}
	return false
}
