package server

import (
	"net"
	"os/exec"
	"strings"
	"testing"
)

// TestSSHAudit: the outside opinion on what is offered, where the program is
// installed. A version older than an algorithm warns that it doesn't know it.
func TestSSHAudit(t *testing.T) {
	program, err := exec.LookPath("ssh-audit")
	if err != nil {
		t.Skip("ssh-audit is not installed here")
	}
	h := build(t, Limits{}, nil)
	host, port, _ := net.SplitHostPort(h.addr)
	out, _ := exec.Command(program, "-n", "-p", port, host).CombinedOutput()
	if !strings.Contains(string(out), "(key) ssh-ed25519") {
		t.Fatalf("it says nothing: %s", out)
	}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "[fail]") || strings.Contains(line, "[warn]") && !strings.Contains(line, "unknown algorithm") {
			t.Error(line)
		}
	}
}
