package cluster

import (
	"os"
	"path/filepath"
	"strings"
)

const (
	socketName = ".s.PGSQL.5432"
	// longestSocket is what fits in a sockaddr_un with its closing NUL: 108
	// bytes on Linux, 104 elsewhere.
	longestSocket = 103
)

// socketDir is where the server's socket was last put, the usual place if that
// was never written down.
func (p place) socketDir() string {
	if dir, err := os.ReadFile(p.file("socket")); err == nil {
		return strings.TrimSpace(string(dir))
	}
	return filepath.Join(p.home, "run")
}

// makeSocketDir makes the socket's directory, in a short place with a name of
// its own if home's path is too long, and writes that down.
func (p place) makeSocketDir() (string, error) {
	dir := p.socketDir()
	if fits(dir) && (p.as.owns(dir) || filepath.Dir(dir) == p.home) {
		return dir, p.as.folder(dir)
	}
	dir, err := os.MkdirTemp(p.shortDir(), "balie-")
	if err != nil {
		return "", err
	}
	if err := p.as.give(dir); err != nil {
		return "", err
	}
	return dir, os.WriteFile(p.file("socket"), []byte(dir+"\n"), 0o600)
}

func fits(dir string) bool { return len(filepath.Join(dir, socketName)) <= longestSocket }

func (p place) shortDir() string {
	for _, dir := range []string{os.Getenv("XDG_RUNTIME_DIR"), os.TempDir()} {
		if dir != "" && fits(filepath.Join(dir, "balie-0123456789")) && p.as.reaches(dir) {
			return dir
		}
	}
	return "/tmp"
}

// removeSocketDir removes a short directory; one inside home goes with that.
func (p place) removeSocketDir() error {
	if dir := p.socketDir(); filepath.Dir(dir) != p.home && p.as.owns(dir) {
		return os.RemoveAll(dir)
	}
	return nil
}
