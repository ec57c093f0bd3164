package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// writeSSH writes what an ssh client needs to know: the host's key and, for
// each colleague, the key to use. Paths are absolute, so that it works from
// any directory.
func (d demo) writeSSH(address net.Addr, host gossh.PublicKey) error {
	name, port := reachable(address)
	known := filepath.Join(d.Data, "known_hosts")
	line := knownhosts.Line([]string{net.JoinHostPort(name, port)}, host)
	if err := os.WriteFile(known, []byte(line+"\n"), 0o600); err != nil {
		return err
	}
	var b strings.Builder
	for _, c := range staff {
		fmt.Fprintf(&b, "Host %s\n  User %[1]s\n  IdentityFile %s\n\n", c.login, sshPath(filepath.Join(d.keyDir(), c.login)))
	}
	// A new colleague brings a key: ssh -F … -i KEY join.
	b.WriteString("Host join\n  User join\n\n")
	fmt.Fprintf(&b, "Host *\n  HostName %s\n  Port %s\n  UserKnownHostsFile %s\n  GlobalKnownHostsFile none\n", name, port, sshPath(known))
	b.WriteString("  StrictHostKeyChecking yes\n  IdentitiesOnly yes\n  PreferredAuthentications publickey,keyboard-interactive\n  ForwardAgent no\n")
	return os.WriteFile(filepath.Join(d.Data, "ssh_config"), []byte(b.String()), 0o600)
}

// reachable is how this machine reaches a listener; one on all addresses by the
// loopback.
func reachable(address net.Addr) (name, port string) {
	a, ok := address.(*net.TCPAddr)
	if !ok {
		return "127.0.0.1", "2222"
	}
	ip := a.IP
	if ip.IsUnspecified() {
		ip = net.IPv4(127, 0, 0, 1)
	}
	return ip.String(), fmt.Sprint(a.Port)
}

// sshPath is a path in ssh_config, where % begins a token.
func sshPath(path string) string {
	return `"` + strings.ReplaceAll(path, "%", "%%") + `"`
}
