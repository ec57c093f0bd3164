package views

import (
	"crypto/ed25519"
	"crypto/rand"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"golang.org/x/crypto/ssh"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
)

// TestJoin_real goes the whole way on PostgreSQL: an admin invites on one
// screen, the colleague joins on another, and the admin then sees the key, ends
// the access and finds it all in the log.
func TestJoin_real(t *testing.T) {
	store := dbtest.New(t)
	o := ops.New(store, slog.New(slog.NewTextHandler(io.Discard, nil)))
	anna := dbtest.Person(t, store, "anna", policy.Admin, "")
	admin := func(v func(*kit) view) *stage {
		return sit(t, newFakePeople(), func(s *Session) { s.Ops, s.Actor, s.Now = o, anna, time.Now }, v)
	}

	st := admin(func(k *kit) view { return newInvite(k) })
	slowly(st, "nora", "tab", "Nora Claes", "tab", "tab", "Bouw", "tab", "hired", "enter")
	st.wants("ssh join@crm.example.be")
	code := st.app.top().(*codeView).code.Code

	key := newOffer(t)
	in, err := o.ProveInvitation(t.Context(), key, code, "10.1.2.9")
	if err != nil {
		t.Fatal(err)
	}
	j := newJoiner(t, o, func(s *JoinSession) { s.Invited = in })
	j.wants("Welcome, Nora Claes", key.Fingerprint[:20])
	j.press("000000", "enter").wants("That code does not belong")
	if n := dbtest.Query[int64](t, "select count(*) from keys where fingerprint = '"+key.Fingerprint+"'"); n != 0 {
		t.Fatal("a wrong code registered the key")
	}
	digits, err := totp.GenerateCode(strings.TrimSpace(j.joining.Secret.Reveal()), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	j.press(digits, "enter").wants("Ten recovery codes")
	j.press("y").wants("ssh nora@crm.example.be")

	nora := dbtest.Query[int32](t, "select id from people where login = 'nora'")
	st = admin(func(k *kit) view { return newPerson(k, nora, "nora") })
	st.wants("Nora Claes", "active", key.Fingerprint)
	slowly(st, "D", "gone", "tab", "tab", "tab", "nora", "enter").wants("The access of Nora Claes has ended")
	st.wants("revoked")
	st = admin(func(k *kit) view { return newLog(k, db.LogQuery{}) })
	st.wants("ended all access", "invited")
}

func newOffer(t *testing.T) ops.KeyOffer {
	t.Helper()
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return ops.Offer(key)
}
