package server

import (
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
	gossh "golang.org/x/crypto/ssh"

	"balie/policy"
)

// otherClients are those that people use beside OpenSSH. Each signs in as anna
// and asks who she is; the code is typed on a terminal.
var otherClients = []struct {
	name    string
	needs   []string
	convert []string // of the key, in the directory of files
	args    []string
	extra   string // typed after the code
}{
	{
		"plink",
		[]string{"plink", "puttygen"},
		[]string{"puttygen", "key", "-O", "private", "-o", "key.other"},
		[]string{"plink", "-ssh", "-no-antispoof", "-P", "PORT", "-l", "anna", "-i", "key.other", "-hostkey", "HOSTKEY", "HOST", "whoami", "--json"},
		"",
	},
	{
		"dbclient",
		[]string{"dbclient", "dropbearconvert"},
		[]string{"dropbearconvert", "openssh", "dropbear", "key", "key.other"},
		[]string{"dbclient", "-y", "-p", "PORT", "-i", "key.other", "anna@HOST", "whoami --json"},
		"",
	},
	{"asyncssh", []string{"/usr/bin/python3"}, []string{"/usr/bin/python3", "-W", "ignore", "-c", "import asyncssh"}, []string{"/usr/bin/python3", "-W", "ignore", "-c", asyncClient, "HOST", "PORT"}, ""},
}

const asyncClient = `
import asyncio, asyncssh, sys
class Client(asyncssh.SSHClient):
    def kbdint_auth_requested(self): return ''
    def kbdint_challenge_received(self, name, instr, lang, prompts): return [input(p) for p, echo in prompts]
async def main():
    c, _ = await asyncssh.create_connection(Client, sys.argv[1], int(sys.argv[2]), username='anna', client_keys=['key'], known_hosts=None, agent_path=None)
    r = await c.run('whoami --json')
    print(r.stdout)
asyncio.run(main())
`

func TestOtherClients(t *testing.T) {
	h := build(t, Limits{}, nil)
	anna := h.enrol(t, "anna", policy.Admin, "")
	host, port, _ := net.SplitHostPort(h.addr)
	for _, c := range otherClients {
		t.Run(c.name, func(t *testing.T) {
			for _, p := range c.needs {
				if _, err := exec.LookPath(p); err != nil {
					t.Skip(err)
				}
			}
			dir := anna.files(t)
			if out, err := inDir(dir, c.convert).CombinedOutput(); err != nil {
				t.Skipf("%v: %s", err, out)
			}
			fill := strings.NewReplacer("HOSTKEY", gossh.FingerprintSHA256(h.host.PublicKey()), "HOST", host, "PORT", port)
			for i := range c.args {
				c.args[i] = fill.Replace(c.args[i])
			}
			out := typed(t, inDir(dir, c.args), anna.code(t)+"\r"+c.extra)
			if !strings.Contains(out, `"login":"anna"`) {
				t.Errorf("%q", out)
			}
		})
	}
}

func inDir(dir string, args []string) *exec.Cmd {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "HOME="+dir, "TMPDIR="+filepath.Dir(dir))
	return cmd
}

// typed runs a program on a terminal and types answer when it is asked for the
// code.
func typed(t *testing.T, cmd *exec.Cmd, answer string) string {
	t.Helper()
	term, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer term.Close()
	out := &journal{}
	ended := make(chan struct{})
	go func() { _, _ = io.Copy(out, term); close(ended) }() // a terminal ends with an error
	eventually(t, "the question", func() bool { return strings.Contains(out.String(), "Code:") || cmd.ProcessState != nil })
	if _, err := io.WriteString(term, answer); err != nil {
		t.Fatal(err)
	}
	<-ended
	_ = cmd.Wait()
	return out.String()
}
