package cluster

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// TestMain lets the test binary serve as the program that gets killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("BALIE_TEST_CHILD"); dir != "" {
		child(dir)
		return
	}
	os.Exit(m.Run())
}

// child runs a cluster until its standard input ends.
func child(dir string) {
	c, err := Start(context.Background(), config(dir))
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("up")
	io.Copy(io.Discard, os.Stdin)
	fmt.Println(c.Stop(context.Background()))
}

func config(dir string) Config {
	return Config{Dir: dir, Settings: map[string]string{"shared_buffers": "16MB", "fsync": "off"}}
}

// openDir is a temporary directory that the server's account can enter, unlike
// the one of the testing package.
func openDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "balie-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	return dir
}

func mustStart(t *testing.T, cfg Config) *Cluster {
	t.Helper()
	c, err := Start(t.Context(), cfg)
	if err != nil {
		log, _ := os.ReadFile(filepath.Join(cfg.Dir, "server/server.log"))
		t.Fatalf("%v: %v\n%s", err, causes(err), log)
	}
	t.Cleanup(func() {
		if err := c.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return c
}

func mustStop(t *testing.T, c *Cluster) {
	t.Helper()
	if err := c.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func query(t *testing.T, url, sql string) (answer string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if err := conn.QueryRow(t.Context(), sql).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return answer
}

func (c *Cluster) admin() string { return c.URL("postgres", Superuser) }

const (
	plant = "create table kept (t text); insert into kept values ('here'); "
	kept  = "select string_agg(t, ',') from kept"
)

// planted starts a cluster with one committed row.
func planted(t *testing.T, cfg Config) *Cluster {
	c := mustStart(t, cfg)
	exec1(t, c, plant)
	return c
}

func exec1(t *testing.T, c *Cluster, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), c.admin())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

func wantKept(t *testing.T, c *Cluster) {
	t.Helper()
	if got := query(t, c.admin(), kept); got != "here" {
		t.Errorf("the table holds %q, want the committed row once", got)
	}
}

func postmaster(t *testing.T, c *Cluster) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(c.place.data(), "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, _ := strconv.Atoi(strings.Split(string(text), "\n")[0])
	return pid
}

func wantDone(t *testing.T, c *Cluster) {
	t.Helper()
	select {
	case <-c.Done():
	case <-time.After(10 * time.Second):
		t.Fatal("Done stays open though the server is gone")
	}
}

// startChild runs this binary as the program and waits until it is up.
func startChild(t *testing.T, dir string, cred *syscall.Credential) *exec.Cmd {
	t.Helper()
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = append(os.Environ(), "BALIE_TEST_CHILD="+dir, "BALIE_CACHE="+CacheDir())
	cmd.Dir, cmd.Stderr = "/", os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: cred}
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "up\n" {
		t.Fatalf("the program says %q", line)
	}
	return cmd
}
