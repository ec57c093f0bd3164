package cluster

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"balie/policy"
)

// place is where a cluster keeps its things. dir is the caller's and holds the
// lock, the secret and the pointers; home is the server account's and holds
// data, log and socket. So root never follows a link that the server's account
// could have laid.
type place struct {
	dir, home string
	as        account
}

func (p place) file(name string) string { return filepath.Join(p.dir, name) }
func (p place) data() string            { return filepath.Join(p.home, "data") }
func (p place) log() string             { return filepath.Join(p.home, "server.log") }

// rootHomes holds the homes of clusters whose own directory is closed to the
// server's account, as everything under /root is.
var rootHomes = "/var/lib/balie"

// locate finds home: as recorded, as it stands, or inside dir.
func locate(dir string) (place, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return place{}, err
	}
	p := place{dir: dir, home: filepath.Join(dir, "server")}
	if home, err := os.ReadFile(p.file("location")); err == nil {
		p.home = strings.TrimSpace(string(home))
	} else if !errors.Is(err, fs.ErrNotExist) {
		return p, p.denied(err)
	}
	p.as = accountFor(p.data())
	return p, nil
}

// settle makes the directories, moving home elsewhere if it must.
func (p *place) settle(say func(string)) error {
	mode := os.FileMode(0o700)
	if p.as.switched {
		mode = 0o711
	}
	if err := makeDir(p.dir, mode); err != nil {
		return p.denied(err)
	}
	if err := p.move(say); err != nil {
		return err
	}
	if err := makeDir(filepath.Dir(p.home), 0o711); err != nil {
		return err
	}
	return p.as.folder(p.home)
}

// makeDir gives a directory that it makes exactly this mode, whatever the
// umask: under 077 the server's account could not pass. Others stay as found.
func makeDir(path string, mode os.FileMode) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if err := os.MkdirAll(path, mode); err != nil {
		return err
	}
	return os.Chmod(path, mode)
}

// move sends home to a place that the server's account can reach. Data that is
// already there stays: a fresh cluster beside it would look like a loss.
func (p *place) move(say func(string)) error {
	if p.as.reaches(filepath.Dir(p.home)) || filepath.Dir(p.home) == rootHomes {
		return nil
	}
	if _, err := os.Stat(p.data()); err == nil {
		return policy.Errorf(policy.Denied, "The account that runs PostgreSQL can no longer enter %s: make it and the directories above it passable (chmod o+x).", p.dir)
	}
	say("The account that runs PostgreSQL cannot enter " + p.dir + ", so its data is kept under " + rootHomes + ".")
	return p.elsewhere(say)
}

// elsewhere gives home a fresh name: if somebody has deleted dir, and with it
// the password, the old data must neither be taken up nor silently be lost.
func (p *place) elsewhere(say func(string)) error {
	sum := sha256.Sum256([]byte(p.dir))
	name := filepath.Join(rootHomes, hex.EncodeToString(sum[:8]))
	old, _ := filepath.Glob(name + "-*")
	for _, dir := range old {
		say("An earlier database of this directory is still in " + dir + ": delete it if nobody needs it.")
	}
	p.home = name + "-" + rand.Text()[:6]
	return os.WriteFile(p.file("location"), []byte(p.home+"\n"), 0o600)
}

func (p place) denied(err error) error {
	return policy.Errorf(policy.Denied, "The directory %s cannot be used: give yourself access to it or choose another one.", p.dir).Because(err)
}
