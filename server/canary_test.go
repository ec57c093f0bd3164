package server

import (
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/jackc/pgx/v5"
	gossh "golang.org/x/crypto/ssh"

	"balie/db/dbtest"
	"balie/policy"
	"balie/views/screen"
)

// canaries are secrets and personal data by name. A run plants them wherever a
// person can put something in.
type canaries map[string]string

// plant makes one that occurs nowhere else, and is a word for every parser.
func (c canaries) plant(name string) string {
	v := fmt.Sprintf("zq%sxw%dvk", strings.ReplaceAll(name, " ", ""), len(c))
	c[name] = v
	return v
}

// found are the canaries in places, in any case, without dashes, or in hex:
// bytea prints so.
func (c canaries) found(places map[string]string) (all []string) {
	for place, text := range places {
		text = strings.ToLower(text)
		for name, v := range c {
			bare := strings.ReplaceAll(v, "-", "")
			for _, form := range []string{strings.ToLower(v), strings.ToLower(bare), hex.EncodeToString([]byte(v)), hex.EncodeToString([]byte(bare))} {
				if at := strings.Index(text, form); at >= 0 {
					all = append(all, fmt.Sprintf("%s in %s: …%s…", name, place, text[max(0, at-120):min(len(text), at+80)]))
					break
				}
			}
		}
	}
	return all
}

// bomb panics with what a person typed.
type bomb string

func (b bomb) Init() tea.Cmd                          { return func() tea.Msg { panic(string(b)) } }
func (b bomb) Update(tea.Msg) (screen.Model, tea.Cmd) { return b, nil }
func (b bomb) View() string                           { return "" }

// life is a whole one of an installation, in which canaries are planted.
type life struct {
	*house
	c        canaries
	activity strings.Builder // of PostgreSQL, after each step
}

// TestCanaries: nothing that is secret or personal is left where it can be read
// without the keys (threat 27).
func TestCanaries(t *testing.T) {
	m := newMortal(t)
	c := canaries{}
	explosive := c.plant("panic")
	l := &life{c: c, house: buildOn(t, m.database(t), Limits{}, func(s *Server) {
		real := s.program
		s.program = func(ch *channel, who *identity) (screen.Model, error) {
			if who.invited == nil && who.actor().Login == "bommel" {
				return bomb(explosive), nil
			}
			return real(ch, who)
		}
	})}
	stderr := redirect(t)
	anna, sofie := l.enrol(t, "anna", policy.Admin, ""), l.enrol(t, "sofie", policy.Sales, "noord")
	tom := l.enrol(t, "tom", policy.Sales, "noord")
	c["totp secret"] = sofie.secret
	for i, code := range sofie.codes {
		c[fmt.Sprint("recovery code ", i)] = code.Reveal()
	}
	l.join(t, anna.dial(t))
	l.wrongCodes(t, sofie)
	l.work(t, sofie.dial(t))
	l.screens(t, sofie.dial(t))
	l.faults(t, sofie.dial(t))
	others := l.strangers(t, tom.dial(t))
	unlucky := open(t, l.enrol(t, "bommel", policy.Sales, "").dial(t), 80, 24)
	if err := unlucky.Wait(); err == nil {
		t.Error("the panic looks like success")
	}
	places := l.places(t)
	places["stderr"], places["another's session"] = stderr(), others
	for _, leak := range c.found(places) {
		t.Error(leak)
	}
	if len(c) < 40 {
		t.Errorf("only %d canaries", len(c))
	}
	l.control(t, places)
}

// control plants each canary in each place, where the same search must find it.
func (l *life) control(t *testing.T, places map[string]string) {
	t.Helper()
	slog.New(slog.NewTextHandler(l.log, nil)).Info("mail to " + l.c["mail"])
	dbtest.Exec(t, "insert into tags (name) select $1", l.c["mail"])
	again := l.places(t)
	if got := l.c.found(map[string]string{"log": again["log"]}); len(got) != 1 {
		t.Errorf("control: a canary in the log is found as %q", got)
	}
	if got := l.c.found(map[string]string{"dump": again["table tags"]}); len(got) != 1 {
		t.Errorf("control: a canary in a table is found as %q", got)
	}
	for place, text := range places {
		for name, v := range l.c {
			if l.c.found(map[string]string{place: text + hex.EncodeToString([]byte(v))}) == nil {
				t.Errorf("control: %s is not found in %s", name, place)
			}
		}
	}
	t.Logf("%d canaries, %d places", len(l.c), len(places))
}

// redirect catches what anything in the process prints as an error.
func redirect(t *testing.T) (said func() string) {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	was := os.Stderr
	os.Stderr = f
	t.Cleanup(func() { os.Stderr = was; _ = f.Close() })
	return func() string {
		text, _ := os.ReadFile(f.Name())
		return string(text)
	}
}

// run runs a command and looks at what PostgreSQL tells of its sessions.
func (l *life) run(t *testing.T, conn *gossh.Client, line, input string) ran {
	t.Helper()
	got := command(t, conn, line, input)
	l.activity.WriteString(dbtest.Query[string](t, "select coalesce(string_agg(a::text, chr(10)), '') from pg_stat_activity a where pid <> pg_backend_pid()"))
	return got
}

var recoveryOnScreen = regexp.MustCompile(`(?:[A-Z2-7]{4}-){5}[A-Z2-7]{4}`)

// join invites somebody, who joins on the screen.
func (l *life) join(t *testing.T, admin *gossh.Client) {
	t.Helper()
	line := fmt.Sprintf("users invite nora --name '%s %s' --as sales --reason '%s'", l.c.plant("staff given"), l.c.plant("staff family"), l.c.plant("invite reason"))
	got := l.run(t, admin, line, "")
	code := strings.TrimSpace(got.out)
	if got.code != exitDone || len(code) < 20 {
		t.Fatalf("%+v", got)
	}
	l.c["invitation"] = code
	nora := &member{house: l.house}
	nora.newKey(t)
	if _, err := gossh.Dial("tcp", l.addr, l.client("join", nora.key, func() string { return l.c.plant("wrong invitation") })); err == nil {
		t.Error("a wrong invitation opens the door")
	}
	conn, err := gossh.Dial("tcp", l.addr, l.client("join", nora.key, func() string { return code }))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	term := open(t, conn, 150, 40)
	eventually(t, "the secret is shown", func() bool {
		nora.secret = strings.ReplaceAll(secretOnScreen.FindString(ansi.Strip(term.out.String())), " ", "")
		return nora.secret != ""
	})
	l.c["shown secret"] = nora.secret
	term.press(t, nora.codeAt(t)+"\r")
	term.waitFor(t, "written")
	shown := recoveryOnScreen.FindAllString(ansi.Strip(term.out.String()), -1)
	if len(shown) == 0 {
		t.Fatal("no recovery codes were shown")
	}
	for i, s := range shown {
		l.c[fmt.Sprint("shown recovery code ", i)] = s
	}
	term.press(t, "y")
	term.press(t, "q")
	_ = term.Wait()
}

// wrongCodes are what people type in the wrong place: another's password.
func (l *life) wrongCodes(t *testing.T, m *member) {
	t.Helper()
	for _, config := range []*gossh.ClientConfig{
		l.client("sofie", m.key, func() string { return l.c.plant("wrong code") }),
		l.client(l.c.plant("login"), m.key, func() string { return l.c.plant("code of nobody") }),
	} {
		if _, err := gossh.Dial("tcp", l.addr, config); err == nil {
			t.Error("let in")
		}
	}
}

// work imports, finds, shows and exports.
func (l *life) work(t *testing.T, conn *gossh.Client) {
	t.Helper()
	p := l.c.plant
	file := fmt.Sprintf("given,family,company,mail,phone,street,city,note,website,tags\n%s,%s,%s,%s@example.nl,%s,%s,%s,%s,www.%s.nl,%s\n,,,%s,,,,,,\n",
		p("given"), p("family"), p("company"), p("mail"), "0612345678", p("street"), p("city"), p("note"), p("website"), p("unknown tag"), p("bad mail"))
	l.c["phone"] = "612345678"
	in := "contacts import --basis contract --source '" + p("source") + "'"
	if got := l.run(t, conn, in, file); got.code != exitDone {
		t.Fatalf("%+v", got)
	}
	l.run(t, conn, in, file) // the same file again: a unique constraint
	if got := l.run(t, conn, "contacts list --search "+l.c["family"]+" --json", ""); !strings.Contains(got.out, l.c["mail"]) {
		t.Errorf("not found: %+v", got)
	}
	for _, line := range []string{
		"contacts list --search " + p("searched in vain"), "companies list --search " + p("searched company"),
		"contacts export --format csv", "contacts show 1", "contacts list --reason " + p("reason"),
	} {
		l.run(t, conn, line, "")
	}
}

// screens searches and writes a note, and hangs up in the next.
func (l *life) screens(t *testing.T, conn *gossh.Client) {
	t.Helper()
	term := open(t, conn, 120, 30)
	term.seen(t, "sofie")
	term.press(t, "c")
	term.seen(t, l.c["given"])
	term.press(t, "/"+l.c["family"])
	term.seen(t, "/ "+l.c["family"])
	term.press(t, "\r")
	term.seen(t, "enter open")
	term.press(t, "\r")
	term.seen(t, "by an import")
	term.press(t, "n")
	term.seen(t, "Write what helps")
	term.press(t, l.c.plant("typed note"))
	term.seen(t, l.c["typed note"])
	term.press(t, "\x13")
	eventually(t, "the note is saved", func() bool { return dbtest.Query[int64](t, "select count(*) from notes") > 1 })
	term.press(t, "n")
	term.seen(t, "Write what helps")
	term.press(t, l.c.plant("draft"))
	_ = conn.Close()
}

// faults are malformed commands, and errors of the database that quote what
// was given to it.
func (l *life) faults(t *testing.T, conn *gossh.Client) {
	t.Helper()
	for _, line := range []string{
		l.c.plant("command"), "contacts show " + l.c.plant("number"), "contacts list --" + l.c.plant("flag"),
		"contacts import --source x --basis " + l.c.plant("basis"), "contacts list --search '" + l.c.plant("quote"),
		"users invite " + l.c.plant("new login") + " --name x --as sales --reason x",
	} {
		if got := l.run(t, conn, line, ""); got.code == exitDone {
			t.Errorf("%q is done", line)
		}
	}
	dbtest.Exec(t, "create function quoting() returns trigger language plpgsql as $$ begin raise exception 'bad value: %', '"+l.c.plant("quoted by PostgreSQL")+"'; end $$")
	dbtest.Exec(t, "create trigger quoting before insert on customers for each row execute function quoting()")
	file := "given,family\n" + l.c.plant("unsaved") + ",x\n"
	got := l.run(t, conn, "contacts import --basis contract --source x", file)
	if got.code != exitFailed || !strings.Contains(got.notes, "logged") {
		t.Errorf("a fault of the database: %+v", got)
	}
	if !strings.Contains(l.log.String(), "PostgreSQL P0001") {
		t.Errorf("the fault isn't in the log, though the person is told so: %s", l.log)
	}
	dbtest.Exec(t, "drop trigger quoting on customers")
}

// strangers looks with another's eyes at what a person may not see.
func (l *life) strangers(t *testing.T, conn *gossh.Client) (said string) {
	t.Helper()
	for _, line := range []string{
		"contacts show 1", "contacts show 2", "contacts list", "companies list", "contacts export --format csv",
		"audit list", "tags list", "sessions list", "whoami",
	} {
		got := l.run(t, conn, line, "")
		said += got.out + got.notes
	}
	return said
}

// places are all where things are left that can be read without a key.
func (l *life) places(t *testing.T) map[string]string {
	t.Helper()
	places := map[string]string{"log": l.log.String(), "pg_stat_activity": l.activity.String()}
	pg := filepath.Join(filepath.Dir(dbtest.Query[string](t, "show data_directory")), "server.log")
	for name, path := range map[string]string{"PostgreSQL's log": pg, "arguments": "/proc/self/cmdline", "environment": "/proc/self/environ"} {
		text, err := os.ReadFile(path)
		if err != nil || len(text) == 0 {
			t.Fatalf("%s: %d bytes, %v", path, len(text), err)
		}
		places[name] = string(text)
	}
	for _, table := range strings.Fields(dbtest.Query[string](t, "select string_agg(tablename, ' ') from pg_tables where schemaname = 'public'")) {
		name := pgx.Identifier{table}.Sanitize()
		places["table "+table] = dbtest.Query[string](t, "select coalesce(string_agg(x::text, chr(10)), '') from "+name+" x")
	}
	if !strings.Contains(places["table audit"], "signin") {
		t.Fatal(errors.New("the audit table tells of no sign-in: this looks at nothing"))
	}
	return places
}
