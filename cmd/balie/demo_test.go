package main

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/db/cluster"
)

// process is balie demo, run as its user does.
type process struct {
	*exec.Cmd
	said   *lockedBuffer
	pasted string // the line that it ends its start with
	ended  chan error
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// launch starts a demo; await waits until it is ready.
func launch(t *testing.T, dir string, more ...string) *process {
	t.Helper()
	p := &process{said: &lockedBuffer{}, ended: make(chan error, 1)}
	p.Cmd = exec.Command("balie", append([]string{"demo", "--dir", dir, "--listen", "127.0.0.1:0"}, more...)...)
	p.Stderr = p.said
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	line := make(chan string, 1)
	go func() {
		s := bufio.NewScanner(out)
		for s.Scan() {
			line <- s.Text()
		}
		p.ended <- p.Wait()
	}()
	t.Cleanup(func() { p.Process.Kill() })
	p.await(t, line)
	return p
}

func (p *process) await(t *testing.T, line <-chan string) {
	t.Helper()
	select {
	case p.pasted = <-line:
	case err := <-p.ended:
		t.Fatalf("the demo ended: %v\n%s", err, p.said)
	case <-time.After(time.Minute):
		t.Fatalf("the demo is not ready after a minute:\n%s", p.said)
	}
}

// stop sends a signal and waits for the end.
func (p *process) stop(t *testing.T, sig syscall.Signal) error {
	t.Helper()
	p.Process.Signal(sig)
	select {
	case err := <-p.ended:
		return err
	case <-time.After(20 * time.Second):
		t.Fatalf("still running after %s:\n%s", sig, p.said)
		return nil
	}
}

func count(t *testing.T, dir string) (n int) {
	t.Helper()
	c, err := cluster.Attach(t.Context(), demoConfig(dir).clusterDir())
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), c.URL(databaseName, cluster.Superuser))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), `select count(*) from customers`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func balie(args ...string) (out string, err error) {
	raw, err := exec.Command("balie", args...).CombinedOutput()
	return strings.TrimSpace(string(raw)), err
}

// TestDemo starts, stops, kills and starts the demo again, as a process.
func TestDemo(t *testing.T) {
	dir := openDir(t)
	p := launch(t, dir, "--contacts", "50")
	if want := "ssh -F " + dir + "/ssh_config sander"; p.pasted != want {
		t.Errorf("it ends its start with %q, want %q", p.pasted, want)
	}
	wantSignIn(t, dir)
	if out, err := balie("doctor", "--dir", dir); err != nil {
		t.Errorf("doctor: %s", out)
	}
	if out, err := balie("demo", "--dir", dir, "--listen", "127.0.0.1:0"); err == nil || !strings.Contains(out, "Another balie is running") {
		t.Errorf("a second one on the same directory: %v %s", err, out)
	}
	if err := p.stop(t, syscall.SIGINT); err != nil {
		t.Errorf("after Ctrl-C: %v\n%s", err, p.said)
	}
	if _, err := cluster.Attach(t.Context(), demoConfig(dir).clusterDir()); err == nil {
		t.Error("PostgreSQL goes on after Ctrl-C")
	}
	keyring, _ := os.ReadFile(demoConfig(dir).Keyring)
	p = launch(t, dir)
	p.stop(t, syscall.SIGKILL)
	p = launch(t, dir)
	if n := count(t, dir); n != 50 {
		t.Errorf("%d customers after kill -9, want 50", n)
	}
	p.stop(t, syscall.SIGTERM)
	if again, _ := os.ReadFile(demoConfig(dir).Keyring); !bytes.Equal(again, keyring) {
		t.Error("the keyring is another one")
	}
	p = launch(t, dir, "--reset", "--contacts", "20")
	if n := count(t, dir); n != 20 {
		t.Errorf("%d customers after --reset, want 20", n)
	}
	p.stop(t, syscall.SIGINT)
}

func wantSignIn(t *testing.T, dir string) {
	t.Helper()
	code, err := balie("demo", "--dir", dir, "code", "sander")
	if err != nil || !regexp.MustCompile(`(^|\n)\d{6}$`).MatchString(code) {
		t.Fatalf("code: %v %q", err, code)
	}
	cmd := exec.Command("ssh", "-F", filepath.Join(dir, "ssh_config"), "sander", "whoami", "--json")
	cmd.Env = append(os.Environ(), "SSH_ASKPASS="+askpass, "SSH_ASKPASS_REQUIRE=force", "CODE="+code[len(code)-6:])
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), `"login":"sander"`) {
		t.Errorf("sign-in with the code: %v %s", err, out)
	}
}

// TestDemo_KilledWhileMade: what is half made is made anew, not gone on with.
func TestDemo_KilledWhileMade(t *testing.T) {
	dir := openDir(t)
	cmd := exec.Command("balie", "demo", "--dir", dir, "--listen", "127.0.0.1:0", "--contacts", "50000")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	joined := filepath.Join(dir, "keys", "sofie.totp")
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(joined); err == nil {
			break
		}
		if time.Now().After(end) {
			t.Fatal("nobody joins")
		}
	}
	cmd.Process.Kill()
	cmd.Wait()
	if m, err := readMark(dir); err != nil || m.Ready {
		t.Fatalf("this test came too late to show anything: %+v %v", m, err)
	}
	p := launch(t, dir, "--contacts", "30")
	if n := count(t, dir); n != 30 || !strings.Contains(p.said.String(), "broken off") {
		t.Errorf("%d customers, want 30; it said:\n%s", n, p.said)
	}
	p.stop(t, syscall.SIGINT)
}

// A directory that is no demo's is never wiped, whatever is asked.
func TestDemo_SomebodyElsesDirectory(t *testing.T) {
	dir := t.TempDir()
	photo := filepath.Join(dir, "photo.jpg")
	if err := os.WriteFile(photo, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := balie("demo", "--dir", dir, "--reset", "--listen", "127.0.0.1:0")
	if err == nil || !strings.Contains(out, "something else than a demo") {
		t.Errorf("%v: %s", err, out)
	}
	if _, err := os.Stat(photo); err != nil {
		t.Error("somebody's photo is gone")
	}
}

// openDir is a directory that PostgreSQL's account can pass to, also when the
// tests run as root.
func openDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "balie-demo-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "demo")
}

func TestPhone_Left(t *testing.T) {
	now := time.Unix(30*1000+10, 0)
	for _, c := range []struct {
		name string
		p    phone
		want time.Duration
	}{
		{"unused", phone{now, 999, time.Time{}}, -10 * time.Second},
		{"the present one used", phone{now, 1000, time.Time{}}, 20 * time.Second},
		{"the next one used", phone{now, 1001, time.Time{}}, 50 * time.Second},
		{"after wrong ones", phone{now, 999, now.Add(time.Minute)}, time.Minute},
	} {
		if got := c.p.left(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
