package ops_test

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

func (b trade) withMail(t testing.TB, family string, status policy.Status) db.Customer {
	t.Helper()
	c := db.Customer{Kind: policy.Person, Status: status, Grounds: []policy.Ground{policy.DefaultGround(policy.ByHand, status)}}
	c.Family = text.New(family)
	c.Mails = []db.Labelled{{Value: text.New(strings.ToLower(family) + "@example.nl")}}
	made, err := b.CreateCustomer(t.Context(), b.sander, c, ops.NewRequestKey())
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// backdate moves all that a person said back in time, as superuser.
func backdate(t testing.TB, c db.Customer, days int) {
	t.Helper()
	dbtest.Exec(t, "update consents set at = at - make_interval(days => $2) where customer_id = $1", c.ID, days)
}

// TestAudience: a list holds who may be used for it and has an address, and
// nobody else whatever the way out; its manifest says who was left out and why.
func TestAudience(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	yes, old, no, objects := b.withMail(t, "Aalbers", policy.Client), b.withMail(t, "Bakker", policy.Client), b.withMail(t, "Cohen", policy.Client), b.withMail(t, "Dijk", policy.Client)
	fixed, never := b.withMail(t, "Eikema", policy.Client), b.withMail(t, "Faber", policy.Lead)
	_ = never
	for _, c := range []db.Customer{yes, old, no, objects, fixed, b.lead} {
		b.says(t, c, policy.Newsletter, policy.Given)
	}
	backdate(t, old, 800)
	b.says(t, no, policy.Newsletter, policy.Withdrawn)
	b.says(t, objects, policy.Calling, policy.Objected)
	dbtest.Exec(t, "update customers set restricted = true where id = $1", fixed.ID)

	a := db.Audience{Purpose: policy.Newsletter}
	a.Name = text.New("Kanarie-nieuws")
	id, err := b.AddAudience(ctx, b.sander, a)
	if err != nil {
		t.Fatal(err)
	}
	want := map[policy.Why]int{policy.WhyTooOld: 1, policy.WhyWithdrawn: 1, policy.WhyObjected: 1, policy.WhyRestricted: 1, policy.WhyNoBasis: 1}
	s, err := b.ViewAudience(ctx, b.sander, id)
	if err != nil || s.May != 2 {
		t.Fatalf("%d may be mailed: %v", s.May, err)
	}
	if diff := cmp.Diff(want, leftBy(s.Left)); diff != "" {
		t.Error(diff)
	}
	var file bytes.Buffer
	m, err := b.ExportAudience(ctx, b.sander, id, &file)
	if err != nil {
		t.Fatal(err)
	}
	want[policy.WhyNoAddress] = 1 // the lead without a mail address
	if diff := cmp.Diff(want, leftBy(m.Left)); diff != "" {
		t.Error(diff)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file.Bytes(), []byte("\ufeff")))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][len(rows[1])-1] != "aalbers@example.nl" || m.Number != 1 || len(m.Wordings) != 1 {
		t.Errorf("%v, %+v, %v", rows, m, err)
	}
	if sum := sha256.Sum256(file.Bytes()); m.Hash != hex.EncodeToString(sum[:]) {
		t.Error("the manifest is of another file")
	}
	if n := dbtest.Query[int64](t, "select customer_id from audience_members"); n != yes.ID {
		t.Errorf("on record is %d, want %d", n, yes.ID)
	}
	// No way around: an export for the purpose, and one for none, which still
	// leaves out what is restricted.
	var out bytes.Buffer
	got, err := b.ExportCustomers(ctx, b.sander, ops.Export{Format: "csv", Purpose: policy.Newsletter}, &out)
	if err != nil || got.N != 2 || strings.Contains(out.String(), "cohen") || !strings.Contains(out.String(), "aalbers") {
		t.Errorf("%+v, %v\n%s", got, err, out.String())
	}
	out.Reset()
	got, err = b.ExportCustomers(ctx, b.sander, ops.Export{Format: "csv"}, &out)
	if err != nil || got.N != 6 || strings.Contains(out.String(), "eikema") {
		t.Errorf("%+v, %v", got, err)
	}
	const find = `select count(*) from (select a::text as row from audiences a union all select e::text from audience_exports e) x where row ilike '%kanarie%' or row like '%' || encode('Kanarie', 'hex') || '%'`
	if n := dbtest.Query[int64](t, find); n != 0 {
		t.Error("the name of a list stands in the database to read")
	}
	wantKind(t, "another one's list", b.RetireAudience(ctx, b.sofie, id), policy.Absent)
	if err := b.RetireAudience(ctx, b.pieter, id); err != nil {
		t.Error(err)
	}
	_, err = b.ExportAudience(ctx, b.sander, id, &out)
	wantKind(t, "a list out of use", err, policy.Invalid)
}

func leftBy(all []ops.LeftCount) map[policy.Why]int {
	by := map[policy.Why]int{}
	for _, l := range all {
		by[l.Why] = l.N
	}
	return by
}

// TestListReasking: asked again are only those who may be mailed now.
func TestListReasking(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	soon, old, oldButMailed, fresh := b.withMail(t, "Aalbers", policy.Client), b.withMail(t, "Bakker", policy.Client), b.withMail(t, "Cohen", policy.Client), b.withMail(t, "Dijk", policy.Client)
	for _, c := range []db.Customer{soon, old, oldButMailed, fresh} {
		b.says(t, c, policy.Newsletter, policy.Given)
	}
	backdate(t, soon, 700)
	backdate(t, old, 800)
	backdate(t, oldButMailed, 800)
	b.says(t, oldButMailed, policy.Marketing, policy.Offered)
	r, err := b.ListReasking(ctx, b.sander, policy.Newsletter)
	if err != nil {
		t.Fatal(err)
	}
	got := map[int64]policy.Why{}
	for _, row := range r.Rows {
		got[row.ID] = row.Why
	}
	if diff := cmp.Diff(map[int64]policy.Why{soon.ID: "", oldButMailed.ID: policy.WhyTooOld}, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[policy.Why]int{policy.WhyTooOld: 1}, leftBy(r.Left)); diff != "" {
		t.Error(diff)
	}
}

// TestEvidence: a file comes back as it was, byte for byte; it can't be read in
// the database, nor be tampered with unnoticed, nor be more than 25 MB.
func TestEvidence(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	event := b.says(t, b.lead, policy.Newsletter, policy.Given)
	body := append(bytes.Repeat([]byte("Kanarie"), 50_000), make([]byte, 300_000)...)
	rand.Read(body[350_000:])
	spool, err := ops.NewSpool(bytes.NewReader(body), ops.EvidenceMost)
	if err != nil {
		t.Fatal(err)
	}
	defer spool.Close()
	_, err = b.AddEvidence(ctx, b.sofie, event, text.New("scan.pdf"), spool)
	wantKind(t, "evidence of another one's customer", err, policy.Absent)
	id, err := b.AddEvidence(ctx, b.sander, event, text.New("scan.pdf"), spool)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	v, err := b.ReadEvidence(ctx, b.pieter, id, &got)
	if err != nil || !bytes.Equal(got.Bytes(), body) || v.Name.String() != "scan.pdf" {
		t.Fatalf("%d bytes of %d, %v", got.Len(), len(body), err)
	}
	if n := dbtest.Query[int64](t, "select count(*) from evidence_parts where position(convert_to('Kanarie', 'UTF8') in body) > 0"); n != 0 {
		t.Error("evidence stands in the database to read")
	}
	dbtest.Exec(t, "update evidence_parts p set body = q.body from evidence_parts q where p.n = 0 and q.n = 1")
	if _, err := b.ReadEvidence(ctx, b.sander, id, &got); err == nil {
		t.Error("pieces that were swapped pass for the file")
	}
	if _, err := ops.NewSpool(bytes.NewReader(make([]byte, ops.EvidenceMost+1)), ops.EvidenceMost); err == nil {
		t.Error("more than 25 MB")
	}
}

// TestProveConsent: the chain says how it was on any date; whoever checks it sees
// each edit, and an answer that does not follow.
func TestProveConsent(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	b.says(t, b.lead, policy.Newsletter, policy.Given)
	backdate(t, b.lead, 30)
	b.says(t, b.lead, policy.Newsletter, policy.Withdrawn)
	for days, want := range map[int]policy.ConsentKind{40: "", 10: policy.Given, 0: policy.Withdrawn} {
		p, err := b.ProveConsent(ctx, b.sander, b.lead.ID, policy.Newsletter, time.Now().AddDate(0, 0, -days))
		if err != nil || p.Head.State != want {
			t.Errorf("%d days ago: %q, %v; want %q", days, p.Head.State, err, want)
		}
	}
	p, err := b.ProveConsent(ctx, b.sander, b.lead.ID, policy.Newsletter, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	key := b.Store.Keys.Public()
	file := p.Bytes()
	read, err := ops.ReadProof(file, key)
	if err != nil || len(read.Events) != 2 || len(read.Wordings) != 1 || ops.KindOfSigned(file) != ops.ProofKind {
		t.Fatalf("%+v, %v", read, err)
	}
	for i := range file {
		if file[i] == '\n' {
			continue
		}
		forged := bytes.Clone(file)
		forged[i] ^= 1
		if _, err := ops.ReadProof(forged, key); err == nil {
			t.Fatalf("byte %d can be changed: %q", i, file[max(i-20, 0):min(i+20, len(file))])
		}
	}
	lines := bytes.Split(file, []byte("\n"))
	if _, err := ops.ReadProof(bytes.Join(append(lines[:2:2], lines[3:]...), []byte("\n")), key); err == nil {
		t.Error("an event can be cut out")
	}
}
