package cluster

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"balie/policy"
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

// In a shared temporary directory another user can be first with our names.
func TestRoot_Trap(t *testing.T) {
	needRoot(t)
	cfg := config(filepath.Join(openDir(t), strings.Repeat("d", 120)))
	c := planted(t, cfg)
	mustStop(t, c)
	defer os.RemoveAll(c.socketDir)
	for _, uid := range []int{12345, int(c.place.as.uid)} {
		if err := os.Chown(c.socketDir, uid, -1); err != nil {
			t.Fatal(err)
		}
		again := mustStart(t, cfg)
		mustStop(t, again)
		if same := again.socketDir == c.socketDir; same != (uid != 12345) {
			t.Errorf("socket directory of uid %d used: %v", uid, same)
		}
		defer os.RemoveAll(again.socketDir)
		c = again
	}
	if err := os.Chown(c.place.home, 12345, -1); err != nil {
		t.Fatal(err)
	}
	c.place.as = account{switched: true, uid: 54321, gid: 54321}
	if err := c.place.as.folder(c.place.home); policy.KindOf(err) != policy.Denied {
		t.Errorf("a home of somebody else: %v", err)
	}
}
