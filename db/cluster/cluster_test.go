package cluster

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"balie/policy"
)

func TestStart_StopAndAgain(t *testing.T) {
	cfg := config(openDir(t))
	c := planted(t, cfg)
	for sql, want := range map[string]string{
		"show data_checksums": "on", "show server_encoding": "UTF8", "show listen_addresses": "",
		"show max_connections": "200", "show shared_buffers": "16MB", "show lc_collate": "C.UTF-8",
	} {
		if got := query(t, c.admin(), sql); got != want {
			t.Errorf("%s: %q, want %q", sql, got, want)
		}
	}
	mustStop(t, c)
	mustStop(t, c)
	if pids := users(c.place.data()); len(pids) > 0 {
		t.Errorf("after Stop processes %v still use the data", pids)
	}
	wantKept(t, mustStart(t, cfg))
}

func TestStart_ServerKilled(t *testing.T) {
	cfg := config(openDir(t))
	c := planted(t, cfg)
	syscall.Kill(postmaster(t, c), syscall.SIGKILL)
	wantDone(t, c)
	wantKept(t, mustStart(t, cfg))
}

// A killed keeper leaves a server that nobody owns.
func TestStart_Orphan(t *testing.T) {
	cfg := config(openDir(t))
	c := planted(t, cfg)
	server := postmaster(t, c)
	syscall.Kill(parent(t, server), syscall.SIGKILL)
	wantDone(t, c)
	if len(users(c.place.data())) == 0 {
		t.Fatal("the orphan is gone already: this test shows nothing")
	}
	again := mustStart(t, cfg)
	wantKept(t, again)
	if postmaster(t, again) == server {
		t.Error("the orphan is still the server")
	}
}

func parent(t *testing.T, pid int) int {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	ppid, _ := strconv.Atoi(strings.Fields(rest)[1])
	return ppid
}

func TestStart_LockFileNamesAStranger(t *testing.T) {
	cfg := config(openDir(t))
	c := planted(t, cfg)
	path := filepath.Join(c.place.data(), "postmaster.pid")
	pid := postmaster(t, c)
	syscall.Kill(pid, syscall.SIGKILL)
	wantDone(t, c)
	stranger := exec.Command("sleep", "60")
	c.place.as.wear(stranger)
	if err := stranger.Start(); err != nil {
		t.Fatal(err)
	}
	defer stranger.Wait()
	defer stranger.Process.Kill()
	text, _ := os.ReadFile(path)
	renamed := strings.Replace(string(text), strconv.Itoa(pid), strconv.Itoa(stranger.Process.Pid), 1)
	if err := os.WriteFile(path, []byte(renamed), 0o600); err != nil {
		t.Fatal(err)
	}
	wantKept(t, mustStart(t, cfg))
	if stranger.Process.Signal(syscall.Signal(0)) != nil {
		t.Error("the stranger was killed")
	}
}

func TestStart_HalfInitdb(t *testing.T) {
	dir := openDir(t)
	p, _ := locate(dir)
	junk := filepath.Join(p.home, "data.new", "base")
	for _, step := range []error{p.as.folder(p.home), os.MkdirAll(junk, 0o700), os.Mkdir(p.data(), 0o700)} {
		if step != nil {
			t.Fatal(step)
		}
	}
	planted(t, config(dir))
	if _, err := os.Stat(filepath.Dir(junk)); err == nil {
		t.Error("the half-made data is still there")
	}
}

func TestStart_SomethingElseInPlaceOfData(t *testing.T) {
	dir := openDir(t)
	p, _ := locate(dir)
	p.as.folder(p.home)
	if err := os.MkdirAll(filepath.Join(p.data(), "photos"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), config(dir))
	if policy.KindOf(err) != policy.Conflict {
		t.Errorf("got %v, want a conflict", err)
	}
	if _, err := os.Stat(filepath.Join(p.data(), "photos")); err != nil {
		t.Error("somebody's photos are gone")
	}
}

func TestStart_Twice(t *testing.T) {
	cfg := config(openDir(t))
	if _, err := Attach(t.Context(), cfg.Dir); policy.KindOf(err) != policy.Unavailable {
		t.Errorf("Attach before Start: %v, want unavailable", err)
	}
	c := planted(t, cfg)
	if _, err := Start(t.Context(), cfg); policy.KindOf(err) != policy.Conflict {
		t.Errorf("second Start: %v, want a conflict", err)
	}
	if err := Remove(t.Context(), cfg.Dir); policy.KindOf(err) != policy.Conflict {
		t.Errorf("Remove of a running cluster: %v, want a conflict", err)
	}
	guest, err := Attach(t.Context(), cfg.Dir)
	if err != nil {
		t.Fatal(err)
	}
	wantKept(t, guest)
	mustStop(t, guest)
	wantKept(t, c)
}

func TestStart_LongPath(t *testing.T) {
	cfg := config(filepath.Join(openDir(t), strings.Repeat("d", 120)))
	c := planted(t, cfg)
	mustStop(t, c)
	again := mustStart(t, cfg)
	wantKept(t, again)
	if again.socketDir != c.socketDir {
		t.Errorf("the socket moved from %s to %s", c.socketDir, again.socketDir)
	}
	mustStop(t, again)
	if err := Remove(t.Context(), cfg.Dir); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{c.socketDir, cfg.Dir} {
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%s outlives Remove", dir)
		}
	}
}

// The server must neither outlive its killed program nor need help to restart.
func TestProgramKilled(t *testing.T) {
	dir := openDir(t)
	cmd := startChild(t, dir, nil)
	p, _ := locate(dir)
	if len(users(p.data())) == 0 {
		t.Fatal("no server: this test shows nothing")
	}
	cmd.Process.Kill()
	for end := time.Now().Add(10 * time.Second); len(users(p.data())) > 0; time.Sleep(tick) {
		if time.Now().After(end) {
			t.Fatal("the server outlives its program")
		}
	}
	planted(t, config(dir))
}
