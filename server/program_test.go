package server

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"balie/policy"
)

// askpass answers ssh's questions; a code is used up, so the file says which.
const askpass = "#!/bin/sh\ncat \"$BALIE_TEST_CODE\"\n"

// openssh readies the real client for m.
func (m *member) openssh(t testing.TB, options ...string) *exec.Cmd {
	t.Helper()
	program, err := exec.LookPath("ssh")
	if err != nil {
		t.Skip("no OpenSSH client here:", err)
	}
	dir := m.files(t)
	if err := os.WriteFile(filepath.Join(dir, "askpass"), []byte(askpass), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "code"), []byte(m.code(t)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	host, port, _ := net.SplitHostPort(m.house.addr)
	args := append([]string{
		"-F", "none", "-p", port, "-l", m.actor.Login,
		"-o", "UserKnownHostsFile=" + filepath.Join(dir, "known_hosts"), "-o", "StrictHostKeyChecking=yes",
		"-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "NumberOfPasswordPrompts=1",
	}, options...)
	cmd := exec.Command(program, append(args, "-i", filepath.Join(dir, "key"), host)...)
	cmd.Env = append(os.Environ(), "SSH_ASKPASS="+filepath.Join(dir, "askpass"), "SSH_ASKPASS_REQUIRE=force",
		"BALIE_TEST_CODE="+filepath.Join(dir, "code"), "LANG=nl_NL.UTF-8")
	return cmd
}

// run gives stdout, stderr and the exit code.
func run(t testing.TB, cmd *exec.Cmd, args ...string) ran {
	t.Helper()
	var out, notes bytes.Buffer
	cmd.Args, cmd.Stdout, cmd.Stderr = append(cmd.Args, args...), &out, &notes
	err := cmd.Run()
	if _, ok := err.(*exec.ExitError); err != nil && !ok {
		t.Fatal(err)
	}
	return ran{out.String(), notes.String(), cmd.ProcessState.ExitCode()}
}

func TestOpenSSH(t *testing.T) {
	h := build(t, Limits{}, nil)
	anna, bram := h.enrol(t, "anna", policy.Admin, ""), h.enrol(t, "bram", policy.Sales, "")
	for _, c := range []struct {
		name string
		cmd  *exec.Cmd
		args []string
		code int
		out  string
	}{
		{"a command", anna.openssh(t), []string{"whoami", "--json"}, exitDone, `"login":"anna"`},
		{"none", anna.openssh(t, "-o", "PreferredAuthentications=none"), []string{"whoami"}, 255, ""},
		{"password", anna.openssh(t, "-o", "PreferredAuthentications=password"), []string{"whoami"}, 255, ""},
		{"key alone", anna.openssh(t, "-o", "PreferredAuthentications=publickey"), []string{"whoami"}, 255, ""},
		{"code alone", anna.openssh(t, "-o", "PreferredAuthentications=keyboard-interactive"), []string{"whoami"}, 255, ""},
		{"host-based", anna.openssh(t, "-o", "PreferredAuthentications=hostbased", "-o", "HostbasedAuthentication=yes"), []string{"whoami"}, 255, ""},
		{"wrong usage", bram.openssh(t), []string{"users", "frobnicate"}, exitUsage, ""},
		{"refused", bram.openssh(t), []string{"users", "invite", "eve", "--name", "Eve", "--as", "admin", "--reason", "x"}, exitRefused, ""},
		{"no terminal, no command", bram.openssh(t, "-T"), nil, exitUsage, ""},
		{"sftp", bram.openssh(t, "-s"), []string{"sftp"}, 255, ""},
		{"a forward", bram.openssh(t, "-o", "ExitOnForwardFailure=yes", "-R", "0:localhost:1"), []string{"whoami"}, 255, ""},
		{"the admin's public key first", bram.openssh(t, "-i", publicHalf(t, anna)), []string{"whoami", "--json"}, exitDone, `"login":"bram"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			anna.rewind(t, c.cmd)
			bram.rewind(t, c.cmd)
			got := run(t, c.cmd, c.args...)
			if got.code != c.code || !strings.Contains(got.out, c.out) {
				t.Errorf("%+v, want code %d and %q", got, c.code, c.out)
			}
		})
	}
}

// publicHalf is a key file of which the private half isn't there.
func publicHalf(t *testing.T, m *member) string {
	t.Helper()
	pub := filepath.Join(m.files(t), "key.pub")
	if err := os.Remove(strings.TrimSuffix(pub, ".pub")); err != nil {
		t.Fatal(err)
	}
	return pub
}

// rewind writes a code that works now, if cmd is m's.
func (m *member) rewind(t testing.TB, cmd *exec.Cmd) {
	t.Helper()
	if !strings.Contains(strings.Join(cmd.Args, " "), "-l "+m.actor.Login) {
		return
	}
	for _, e := range cmd.Env {
		if file, ok := strings.CutPrefix(e, "BALIE_TEST_CODE="); ok {
			if err := os.WriteFile(file, []byte(m.code(t)+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
