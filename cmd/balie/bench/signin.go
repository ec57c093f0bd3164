package bench

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"
)

// arrivals is how many sign in, atOnce of them at a time.
const (
	arrivals = 200
	atOnce   = 8
)

// signIns measures sign-ins with key and code per second, beside OpenSSH's sshd
// with a key alone, if that is installed.
func (h *House) signIns(ctx context.Context) ([]Figure, error) {
	people, err := h.invite(ctx, arrivals)
	if err != nil {
		return nil, err
	}
	ours, err := arrive(func(i int) (*ssh.Client, error) { return people[i].dial(h) })
	if err != nil {
		return nil, err
	}
	figure := Figure{What: "sign-ins with key and code", Got: fmt.Sprintf("%.0f/s", ours), Beside: "sshd is not installed"}
	theirs, err := sshd(ctx, people[0].signer)
	if err == nil {
		figure.Beside = fmt.Sprintf("sshd with a key alone: %.0f/s, %.1f× as many here", theirs, ours/theirs)
	}
	if errors.Is(err, exec.ErrNotFound) {
		err = nil
	}
	return []Figure{figure}, err
}

// arrive says how many sign-ins a second succeed.
func arrive(dial func(i int) (*ssh.Client, error)) (float64, error) {
	next := make(chan int, arrivals)
	for i := range arrivals {
		next <- i
	}
	close(next)
	var wg sync.WaitGroup
	failed := make(chan error, arrivals)
	start := time.Now()
	for range atOnce {
		wg.Go(func() {
			for i := range next {
				client, err := dial(i)
				if err != nil {
					failed <- err
					continue
				}
				_ = client.Close()
			}
		})
	}
	wg.Wait()
	close(failed)
	return arrivals / time.Since(start).Seconds(), <-failed
}

// sshd runs OpenSSH's server on a loopback port with one accepted key.
func sshd(ctx context.Context, signer ssh.Signer) (float64, error) {
	path, err := exec.LookPath("/usr/sbin/sshd")
	if err != nil {
		return 0, exec.ErrNotFound
	}
	dir, err := os.MkdirTemp("", "balie-sshd-*")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	addr, err := freePort()
	if err != nil {
		return 0, err
	}
	if err := writeSSHD(ctx, dir, addr, signer); err != nil {
		return 0, err
	}
	_ = os.MkdirAll("/run/sshd", 0o755) // Debian's sshd wants it as root
	server := exec.CommandContext(ctx, path, "-D", "-f", filepath.Join(dir, "config"))
	if err := server.Start(); err != nil {
		return 0, err
	}
	defer func() { _ = server.Process.Kill(); _ = server.Wait() }()
	user := os.Getenv("USER")
	if user == "" {
		user = "root"
	}
	config := &ssh.ClientConfig{User: user, HostKeyCallback: ssh.InsecureIgnoreHostKey(), Auth: []ssh.AuthMethod{ssh.PublicKeys(signer)}} //nolint:gosec // our own child
	if err := answering(ctx, addr); err != nil {
		return 0, err
	}
	return arrive(func(int) (*ssh.Client, error) { return ssh.Dial("tcp", addr, config) })
}

func writeSSHD(ctx context.Context, dir, addr string, signer ssh.Signer) error {
	key := filepath.Join(dir, "host")
	if out, err := exec.CommandContext(ctx, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key).CombinedOutput(); err != nil {
		return fmt.Errorf("ssh-keygen: %w: %s", err, out)
	}
	authorized := filepath.Join(dir, "authorized")
	if err := os.WriteFile(authorized, ssh.MarshalAuthorizedKey(signer.PublicKey()), 0o600); err != nil {
		return err
	}
	host, port, _ := net.SplitHostPort(addr)
	config := fmt.Sprintf("ListenAddress %s\nPort %s\nHostKey %s\nAuthorizedKeysFile %s\nStrictModes no\nUsePAM no\nPermitRootLogin yes\nMaxStartups 1000\nPidFile none\nPerSourcePenalties no\n",
		host, port, key, authorized)
	if out, _ := exec.CommandContext(ctx, "ssh", "-V").CombinedOutput(); len(out) > 0 && !newSSH(string(out)) {
		config = config[:len(config)-len("PerSourcePenalties no\n")]
	}
	return os.WriteFile(filepath.Join(dir, "config"), []byte(config), 0o600)
}

// newSSH says whether this OpenSSH knows penalties (9.8), which would count the
// benchmark for an attack.
func newSSH(version string) bool {
	var major, minor int
	_, err := fmt.Sscanf(version, "OpenSSH_%d.%d", &major, &minor)
	return err == nil && (major > 9 || major == 9 && minor >= 8)
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

func answering(ctx context.Context, addr string) error {
	for {
		if c, err := net.DialTimeout("tcp", addr, time.Second); err == nil {
			return c.Close()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}
