package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"balie/server"
)

// files checks what is on the disk.
func (e *examination) files(c config) {
	e.note("keyring "+c.Keyring, private(c.Keyring))
	_, err := c.loadKeys()
	e.note("keyring opens", err)
	if err := private(c.HostKey); errors.Is(err, fs.ErrNotExist) {
		e.skip("host key "+c.HostKey, "made by the first start")
	} else if e.note("host key "+c.HostKey, err); err == nil {
		_, err = server.HostKey(c.HostKey)
		e.note("host key opens", err)
	}
	if err := private(c.Heads); errors.Is(err, fs.ErrNotExist) {
		e.skip("heads of the log "+c.Heads, "made by the first start")
	} else {
		e.note("heads of the log "+c.Heads, err)
	}
	e.note("room on the disk of "+c.Data, roomy(c.Data))
}

// private says whether a file is its owner's alone, and in a directory where
// nobody else can put another one in its place.
func private(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return fmt.Errorf("others can read it (mode %04o): chmod 600 %s, and treat what is in it as seen", mode, path)
	}
	if owner := ownerOf(info); owner != os.Geteuid() && os.Geteuid() != 0 {
		return fmt.Errorf("it belongs to user %d, not to the one who runs this: chown it", owner)
	}
	dir, err := os.Stat(filepath.Dir(path))
	if err == nil && dir.Mode().Perm()&0o022 != 0 {
		err = fmt.Errorf("others can write to its directory (mode %04o): chmod go-w %s", dir.Mode().Perm(), filepath.Dir(path))
	}
	return err
}

func ownerOf(info os.FileInfo) int { return int(info.Sys().(*syscall.Stat_t).Uid) }

// A database that has no room stops; balie then lets nobody change anything,
// since nothing can be logged.
func roomy(dir string) error {
	const least = 1 << 30
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return err
	}
	if free := st.Bavail * uint64(st.Bsize); free < least {
		return fmt.Errorf("%d MB are left: make room, at least 1 GB", free>>20)
	}
	return nil
}
