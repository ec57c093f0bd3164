package server

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	gossh "golang.org/x/crypto/ssh"

	"balie/db/dbtest"
	"balie/policy"
)

var secretOnScreen = regexp.MustCompile(`(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}`)

// TestJoin goes the whole way over SSH: an admin invites, the new colleague
// joins with a key and the code, and signs in.
func TestJoin(t *testing.T) {
	h := build(t, Limits{}, nil)
	admin := h.enrol(t, "anna", policy.Admin, "").dial(t)
	code := invite(t, admin, "nora")
	nora := &member{house: h}
	nora.newKey(t)
	join := h.client("join", nora.key, func() string { return code })
	nora.joinOnScreen(t, join)
	nora.actor.Login = "nora"
	nora.actor.ID = dbtest.Query[int32](t, `select id from people where login = 'nora'`)
	conn := nora.dial(t)
	if got := command(t, conn, "whoami --json", ""); !strings.Contains(got.out, `"login":"nora"`) || !strings.Contains(got.out, `"roles":["sales"]`) {
		t.Errorf("%+v", got)
	}
	term := open(t, conn, 80, 24)
	term.waitFor(t, "Nora de Vries")
	if _, err := gossh.Dial("tcp", h.addr, join); err == nil {
		t.Error("an invitation let somebody in twice")
	}
}

func invite(t *testing.T, admin *gossh.Client, login string) (code string) {
	t.Helper()
	got := command(t, admin, "users invite "+login+" --name 'Nora de Vries' --as sales --reason 'new colleague'", "")
	if code = strings.TrimSpace(got.out); got.code != exitDone || len(code) < 20 || strings.Contains(got.notes, code) {
		t.Fatalf("%+v", got)
	}
	return code
}

// joinOnScreen reads the secret off the screen, as one without a camera does.
func (m *member) joinOnScreen(t *testing.T, config *gossh.ClientConfig) {
	t.Helper()
	conn, err := gossh.Dial("tcp", m.house.addr, config)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if got := command(t, conn, "users list", ""); got.code != exitRefused {
		t.Errorf("a command before joining: %+v", got)
	}
	term := open(t, conn, 150, 14)
	eventually(t, "the secret is shown", func() bool {
		m.secret = strings.ReplaceAll(secretOnScreen.FindString(ansi.Strip(term.out.String())), " ", "")
		return m.secret != ""
	})
	term.press(t, m.codeAt(t)+"\r")
	term.waitFor(t, "written")
	term.press(t, "y")
	term.press(t, "q")
	if err := term.Wait(); err != nil {
		t.Error(err)
	}
	if !term.restored() {
		t.Error("the terminal wasn't given back")
	}
}
