package cluster

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// patience is how long an orphaned server may take over a clean shutdown.
const patience = 20 * time.Second

// evict ends what an earlier run left behind on this data: a server whose
// program was killed, or the backends of a server that was. The caller holds
// the lock, so no living program owns them. Linux only: elsewhere PostgreSQL's
// own checks refuse to start a second server.
func (p place) evict(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*patience)
	defer cancel()
	force := time.Now().Add(patience)
	signal(users(p.data()), syscall.SIGINT)
	for pids := users(p.data()); len(pids) > 0; pids = users(p.data()) {
		if time.Now().After(force) {
			signal(pids, syscall.SIGKILL)
		}
		if err := pause(ctx, tick); err != nil {
			return fmt.Errorf("an earlier server (process %v) does not end: %w", pids, err)
		}
	}
	p.unblock()
	return nil
}

// users lists the processes that work in the data directory: a server and its
// backends have it as their current directory. A process id from a file may by
// now be somebody else's, so none is signalled on that ground alone.
func users(data string) []int {
	if real, err := filepath.EvalSymlinks(data); err == nil {
		data = real
	}
	var pids []int
	links, _ := filepath.Glob("/proc/[0-9]*/cwd")
	for _, link := range links {
		if cwd, err := os.Readlink(link); err == nil && cwd == data {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(link)))
			pids = append(pids, pid)
		}
	}
	return pids
}

// signal: to a server SIGINT means fast shutdown, to a lone backend a cancelled
// query, upon which it finds that its server has died.
func signal(pids []int, sig syscall.Signal) {
	for _, pid := range pids {
		syscall.Kill(pid, sig) // one that has just ended needs no signal
	}
}

// unblock removes lock files whose process id has gone to a stranger, which
// would make the server refuse to start, as happens when a container restarts.
// All others are left to PostgreSQL: it also checks the shared memory.
func (p place) unblock() {
	for _, path := range []string{
		filepath.Join(p.data(), "postmaster.pid"),
		filepath.Join(p.socketDir(), socketName+".lock"),
	} {
		if taken(path) {
			os.Remove(path) // if this fails the server says so
		}
	}
}

func taken(path string) bool {
	text, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	return err == nil && pid > 0 && syscall.Kill(pid, 0) != syscall.ESRCH
}
