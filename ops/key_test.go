package ops_test

import (
	"crypto/rand"
	"crypto/rsa"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
)

// add is AddKey with a code that works.
func (f firm) add(c colleague, key ops.KeyOffer, name string) error {
	f.fresh()
	return f.AddKey(f.t.Context(), c.Actor, key, line(name), f.code(c.secret, 0))
}

// with is the colleague at another computer.
func (c colleague) with(key ops.KeyOffer) colleague { c.key = key; return c }

func TestAddKey(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	sofie := f.hire(anna.Actor, "sofie", policy.Sales)
	laptop := newKey(t)
	if err := f.add(sofie, laptop, "laptop"); err != nil {
		t.Fatal(err)
	}
	f.fresh()
	_, w, err := f.signIn(sofie.with(laptop), f.code(sofie.secret, 0))
	if err != nil {
		t.Fatal(err)
	}
	if !says(w, "laptop") {
		t.Errorf("not told of the new key: %v", w.Notices)
	}
	keys, err := f.ListKeys(t.Context(), sofie.Actor, sofie.ID)
	if err != nil || len(keys) != 2 || keys[1].Name != "laptop" || keys[1].Kind != "ssh-ed25519" || keys[1].LastUsed == nil || keys[1].LastFrom != home {
		t.Errorf("%v: %+v", err, keys)
	}
	if n := logged(t, policy.KeyAdd, false, sofie.ID); n != 1 {
		t.Errorf("%d rows in the log", n)
	}
	// The next sign-in, with the control: nothing is new any more but the first
	// use of that key, which it tells of.
	f.fresh()
	_, w, err = f.signIn(sofie, f.code(sofie.secret, 0))
	if err != nil || says(w, "Keys added") || !says(w, "the first with the key laptop") {
		t.Errorf("%v: %v", err, w.Notices)
	}
	f.fresh()
	if _, w, err = f.signIn(sofie, f.code(sofie.secret, 0)); err != nil || says(w, "laptop") {
		t.Errorf("%v: %v", err, w.Notices)
	}
}

func says(w ops.Welcome, words string) bool {
	for _, n := range w.Notices {
		if strings.Contains(n.String(), words) {
			return true
		}
	}
	return false
}

// Threat 5, and a terminal left alone.
func TestAddKey_refused(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	sofie, tom := f.hire(anna.Actor, "sofie", policy.Sales), f.hire(anna.Actor, "tom", policy.Sales)
	toms := newKey(t)
	if err := f.add(tom, toms, "old"); err != nil {
		t.Fatal(err)
	}
	keys, err := f.ListKeys(t.Context(), tom.Actor, tom.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.RemoveKey(t.Context(), tom.Actor, keys[1].ID, line("")); err != nil {
		t.Fatal(err)
	}
	f.fresh()
	said := map[string]bool{}
	for what, key := range map[string]ops.KeyOffer{"another's": tom.key, "another's of the past": toms, "one's own": sofie.key} {
		err := f.add(sofie, key, "x")
		wantKind(t, what, err, policy.Denied)
		said[err.Error()] = true
	}
	wantKind(t, "one's own of the past", f.add(tom, toms, "x"), policy.Denied)
	if len(said) != 1 {
		t.Errorf("the words tell whose it is: %v", said)
	}
	if n := logged(t, policy.KeyAdd, true, sofie.ID); n != 3 {
		t.Errorf("%d refusals in the log", n)
	}
	f.fresh()
	wantKind(t, "without a code", f.AddKey(t.Context(), sofie.Actor, newKey(t), line("x"), policy.Seal("")), policy.Denied)
	wantKind(t, "with a wrong code", f.AddKey(t.Context(), sofie.Actor, newKey(t), line("x"), policy.Seal("000000")), policy.Denied)
	f.fresh()
	wantKind(t, "with another's code", f.AddKey(t.Context(), sofie.Actor, newKey(t), line("x"), f.code(tom.secret, 0)), policy.Denied)
	if n := dbtest.Query[int64](t, "select count(*) from keys where person_id = $1", sofie.ID); n != 1 {
		t.Errorf("%d keys", n)
	}
	if err := f.add(sofie, newKey(t), "x"); err != nil { // the control
		t.Error(err)
	}
}

func TestParseKey(t *testing.T) {
	small, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	weak, err := ssh.NewPublicKey(&small.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	good := strings.TrimSpace(newKey(t).Authorized)
	for line, want := range map[string]string{
		string(ssh.MarshalAuthorizedKey(weak)):      "3072 to 8192 bits, this one has 2048",
		"-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl": "private half",
		"":                                      "no public key",
		"ssh-ed25519 AAAA":                      "no public key",
		"command=\"sh\" " + good:                "no public key",
		good + "\n" + good:                      "no public key",
		good + " " + strings.Repeat("x", 9<<10): "no public key",
		"ssh-dss AAAAB3NzaC1kc3MAAACBAJ3hBAAAAB3Nza": "no public key",
	} {
		if _, _, err := ops.ParseKey(line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v", line, err)
		}
	}
	offer, comment, err := ops.ParseKey(good + " sofie@laptop\x1b[2J\n")
	if err != nil || offer.Type != "ssh-ed25519" || strings.Contains(comment.String(), "\x1b") || !strings.HasPrefix(comment.String(), "sofie@laptop") {
		t.Errorf("%v, %q, %v", offer, comment, err)
	}
}

func TestRenameKey(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	sofie := f.hire(anna.Actor, "sofie", policy.Sales)
	keys, err := f.ListKeys(t.Context(), sofie.Actor, sofie.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.RenameKey(t.Context(), sofie.Actor, keys[0].ID, line("desk")); err != nil {
		t.Error(err)
	}
	wantKind(t, "renaming a colleague's", f.RenameKey(t.Context(), anna.Actor, keys[0].ID, line("mine")), policy.Absent)
	if got := dbtest.Query[string](t, "select name from keys where id = $1", keys[0].ID); got != "desk" {
		t.Errorf("it is called %q", got)
	}
}

func TestRemoveKey_last(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	sofie := f.hire(anna.Actor, "sofie", policy.Sales)
	own := func(c colleague) int32 {
		return dbtest.Query[int32](t, "select id from keys where person_id = $1 and removed_at is null order by id limit 1", c.ID)
	}
	remove := func(by colleague, key int32) error {
		_, err := f.RemoveKey(t.Context(), by.Actor, key, line("lost"))
		return err
	}
	wantKind(t, "one's only key", remove(sofie, own(sofie)), policy.Denied)
	if err := f.add(sofie, newKey(t), "second"); err != nil {
		t.Fatal(err)
	}
	// A suspended one is none to fall back on.
	dbtest.Exec(t, "update keys set suspended_at = now() where name = 'second'")
	wantKind(t, "one's only key that lets in", remove(sofie, own(sofie)), policy.Denied)
	dbtest.Exec(t, "update keys set suspended_at = null")
	closed, err := f.RemoveKey(t.Context(), sofie.Actor, own(sofie), line(""))
	if err != nil || closed != 1 {
		t.Errorf("one of two: %d closed, %v", closed, err)
	}
	if err := remove(anna, own(sofie)); err != nil {
		t.Errorf("an admin, on purpose: %v", err)
	}
	bea := f.hire(anna.Actor, "bea", policy.Admin)
	if err := remove(bea, own(anna)); err != nil {
		t.Errorf("one of two admins: %v", err)
	}
	dbtest.Exec(t, "update keys set removed_at = null where person_id = $1", anna.ID)
	dbtest.Exec(t, "update grants set until = now() + interval '1 day' where person_id = $1", bea.ID)
	wantKind(t, "the only key of the only lasting admin", remove(bea, own(anna)), policy.Denied)
}
