package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/rogpeppe/go-internal/testscript"

	"balie/db/dbtest"
)

// askpass is what ssh runs to ask for a code.
const askpass = "balie-askpass"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"balie": main,
		askpass: func() { fmt.Println(os.Getenv("CODE")) },
	})
}

// TestScripts are scenarios over real SSH: named colleagues and an attacker, at
// the node that demo and serve start.
func TestScripts(t *testing.T) {
	if _, err := exec.LookPath("ssh"); err != nil {
		t.Skip("OpenSSH's client is not installed: apt install openssh-client")
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		Setup:               settle,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"as":     inWorld((*world).as),
			"try":    inWorld((*world).try),
			"again":  inWorld((*world).again),
			"status": inWorld((*world).wantStatus),
			"live":   inWorld((*world).live),
			"ended":  inWorld((*world).wantEnded),
			"joins":  inWorld((*world).joins),
			"number": number,
			"first":  first,
		},
	})
}

// world is a demo on a database of its own, and what the script did last.
type world struct {
	demo
	tb       testing.TB
	status   int
	sessions map[string]*session
}

type worldKey struct{}

func inWorld(cmd func(*world, *testscript.TestScript, bool, []string)) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		cmd(ts.Value(worldKey{}).(*world), ts, neg, args)
	}
}

// settle starts a small demo for a script, by the same function as demo does.
func settle(env *testscript.Env) error {
	tb := env.T().(testing.TB)
	w := &world{tb: tb, sessions: map[string]*session{}}
	dbtest.New(tb)
	base := &database{ownerURL: dbtest.AdminURL(tb), loginURL: dbtest.LoginURL(tb)}
	w.demo = demo{config: demoConfig(filepath.Join(env.WorkDir, "demo")), con: console{io.Discard, io.Discard}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if err := errors.Join(os.Mkdir(w.Data, 0o700), mark{Contacts: 60}.write(w.Data)); err != nil {
		return err
	}
	ready := make(chan struct{})
	w.opened = func(*node, *database) { close(ready) }
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.serve(ctx, base, l, slog.New(slog.DiscardHandler)) }()
	env.Defer(func() {
		cancel()
		if err := <-ended; err != nil {
			tb.Errorf("the node: %v", err)
		}
	})
	env.Values[worldKey{}] = w
	env.Setenv("SSH_ASKPASS", askpass)
	env.Setenv("SSH_ASKPASS_REQUIRE", "force")
	env.Setenv("DEMO", w.Data)
	select {
	case <-ready:
		return nil
	case err := <-ended:
		ended <- nil
		return fmt.Errorf("the demo did not start: %w", err)
	}
}

// as signs a colleague in and runs a command: as sander contacts list.
func (w *world) as(ts *testscript.TestScript, neg bool, args []string) {
	command := make([]string, len(args)-1)
	for i, word := range args[1:] {
		command[i] = quoted(word)
	}
	w.ssh(ts, neg, args[0], args[0], w.fresh(ts, args[0]), command)
}

// try is an attack, or one's good right: try LOGIN KEY CODE COMMAND… signs in
// under one's login name with another's key and somebody's code, and sends the
// command as it stands.
func (w *world) try(ts *testscript.TestScript, neg bool, args []string) {
	w.forget(args[0])
	code := "000000"
	if args[2] != "none" {
		code = w.fresh(ts, args[2])
	}
	w.ssh(ts, neg, args[0], args[1], code, args[3:])
}

// again signs in with the code that was used last.
func (w *world) again(ts *testscript.TestScript, neg bool, args []string) {
	w.ssh(ts, neg, args[0], args[0], ts.Getenv("CODE"), args[1:])
}

func (w *world) ssh(ts *testscript.TestScript, neg bool, login, key, code string, command []string) {
	ts.Setenv("CODE", code)
	err := ts.Exec("ssh", append(w.sshArgs(login, key), command...)...)
	w.status = 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		w.status = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if (err != nil) != neg {
		ts.Fatalf("exit code %d", w.status)
	}
}

func (w *world) sshArgs(login, key string) []string {
	return []string{"-F", filepath.Join(w.Data, "ssh_config"), "-o", "NumberOfPasswordPrompts=1", "-l", login, key}
}

// fresh is somebody's code now, as if no other had been used.
func (w *world) fresh(ts *testscript.TestScript, login string) string {
	w.forget(login)
	return w.code(ts, ts.ReadFile(filepath.Join(w.keyDir(), login+".totp")))
}

// forget makes the database forget which codes were used and which were wrong.
func (w *world) forget(login string) {
	dbtest.Exec(w.tb, `update totp t set last_step = 0, failures = 0, next_try = '-infinity' from people p where p.id = t.person_id and p.login = $1`, login)
}

func (w *world) code(ts *testscript.TestScript, secret string) string {
	code, err := totp.GenerateCode(strings.TrimSpace(secret), dbtest.Query[time.Time](w.tb, `select now()`))
	ts.Check(err)
	return code
}

// wantStatus checks the exit code of the last command.
func (w *world) wantStatus(ts *testscript.TestScript, _ bool, args []string) {
	if want, err := strconv.Atoi(args[0]); err != nil || want != w.status {
		ts.Fatalf("exit code %d, want %s", w.status, args[0])
	}
}

// first puts a file's first line into a variable: first NAME FILE.
func first(ts *testscript.TestScript, _ bool, args []string) {
	line, _, _ := strings.Cut(ts.ReadFile(args[1]), "\n")
	ts.Setenv(args[0], line)
}

var firstNumber = regexp.MustCompile(`"(?:id|import)":(\d+)`)

// number puts the first id, or an import's, of a JSON answer into a variable:
// number ID FILE.
func number(ts *testscript.TestScript, _ bool, args []string) {
	found := firstNumber.FindStringSubmatch(ts.ReadFile(args[1]))
	if found == nil {
		ts.Fatalf("no id in %s", args[1])
	}
	ts.Setenv(args[0], found[1])
}
