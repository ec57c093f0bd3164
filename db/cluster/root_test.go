package cluster

import (
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

func needRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can become somebody else")
	}
}

func TestRoot_ServerIsNot(t *testing.T) {
	needRoot(t)
	c := planted(t, config(openDir(t)))
	owner, err := ownerOf("/proc/" + strconv.Itoa(postmaster(t, c)))
	if err != nil || owner.uid == 0 {
		t.Errorf("the server runs as uid %d (%v)", owner.uid, err)
	}
	info, err := os.Stat(c.place.file("secret"))
	if err != nil || info.Mode().Perm() != 0o600 || info.Sys().(*syscall.Stat_t).Uid != 0 {
		t.Errorf("the secret is %v (%v), want root's own", info.Mode(), err)
	}
}

func TestRoot_ClosedDirectory(t *testing.T) {
	needRoot(t)
	old := rootHomes
	rootHomes = filepath.Join(openDir(t), "homes")
	t.Cleanup(func() { rootHomes = old })
	closed := t.TempDir()
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	cfg := config(filepath.Join(closed, "balie"))
	c := planted(t, cfg)
	mustStop(t, c)
	again := mustStart(t, cfg)
	wantKept(t, again)
	mustStop(t, again)
	if filepath.Dir(again.place.home) != rootHomes {
		t.Errorf("data is in %s, want it under %s", again.place.home, rootHomes)
	}
	if err := Remove(t.Context(), cfg.Dir); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(rootHomes + "/*"); len(left) > 0 {
		t.Errorf("Remove leaves %v", left)
	}
}

// What an ordinary user made, root runs as that user.
func TestRoot_AfterOrdinaryUser(t *testing.T) {
	needRoot(t)
	nobody, err := named("nobody")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(openDir(t), "balie")
	if err := os.Mkdir(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	if err := nobody.give(dir); err != nil {
		t.Fatal(err)
	}
	cmd := startChild(t, dir, &syscall.Credential{Uid: nobody.uid, Gid: nobody.gid})
	guest, err := Attach(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	exec1(t, guest, plant)
	cmd.Process.Signal(syscall.SIGKILL)
	cmd.Wait()
	c := mustStart(t, config(dir))
	wantKept(t, c)
	if owner, _ := ownerOf(c.place.data()); owner.uid != nobody.uid {
		t.Errorf("the data now belongs to uid %d", owner.uid)
	}
}
