package ops_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"balie/db"
	"balie/db/cluster/clustertest"
	"balie/db/dbtest"
	"balie/db/seal"
	"balie/ops"
	"balie/ops/sample"
	"balie/policy"
	"balie/policy/text"
)

// lockbox encrypts and opens a test's archives.
func lockbox(t *testing.T) *age.X25519Identity {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func exported(t *testing.T, url string, keys *seal.Keyring, id *age.X25519Identity) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := ops.ExportArchive(t.Context(), url, keys, []age.Recipient{id.Recipient()}, &b, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unpacked is an archive's files by name.
func unpacked(t *testing.T, archive []byte, id age.Identity) (names []string, files map[string]string) {
	t.Helper()
	clear, err := age.Decrypt(bytes.NewReader(archive), id)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := gzip.NewReader(clear)
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]string{}
	for r := tar.NewReader(packed); ; {
		h, err := r.Next()
		if err == io.EOF {
			return names, files
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		names, files[h.Name] = append(names, h.Name), string(content)
	}
}

// repacked is an archive of files.
func repacked(t *testing.T, names []string, files map[string]string, id *age.X25519Identity) []byte {
	t.Helper()
	var b bytes.Buffer
	sealed, err := age.Encrypt(&b, id.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	packed := gzip.NewWriter(sealed)
	w := tar.NewWriter(packed)
	for _, name := range names {
		if err := w.WriteHeader(&tar.Header{Name: name, Size: int64(len(files[name]))}); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, files[name]); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []io.Closer{w, packed, sealed} {
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// emptyInstallation is a migrated database without anybody, and the keyring that
// an import made for it.
func emptyInstallation(t *testing.T) (url string, in ops.Installation, keys func() *seal.Keyring) {
	t.Helper()
	url = clustertest.New(t, clustertest.Template(t, "balie", db.Migrate))
	var made *seal.Keyring
	return url, ops.Installation{OwnerURL: url, Keys: func(ledger []byte) (_ *seal.Keyring, err error) {
		made, err = seal.NewHeir(ledger)
		return made, err
	}}, func() *seal.Keyring { return made }
}

// busyFirm is an office with something of every kind in it.
func busyFirm(t *testing.T) office {
	t.Helper()
	o := newOffice(t)
	ctx := t.Context()
	tag, err := o.AddTag(ctx, o.marit, text.New("beurs"))
	if err != nil {
		t.Fatal(err)
	}
	firm := sample.New(1, time.Now(), []int32{tag})
	if err := firm.Fill(ctx, o.Ops, []sample.Share{{Owner: o.sander, Weight: 1}}, 40, quiet); err != nil {
		t.Fatal(err)
	}
	if err := o.Store.RebuildSearch(ctx, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	if err := sample.Plan(ctx, o.Ops, o.sander); err != nil {
		t.Fatal(err)
	}
	if err := firm.Deals(ctx, o.Ops, o.sander, 10); err != nil {
		t.Fatal(err)
	}
	if _, err := o.RunImport(ctx, o.sander, o.spool(t, book), fair, quiet); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestArchive_RoundTrip(t *testing.T) {
	o, id := busyFirm(t), lockbox(t)
	archive := exported(t, dbtest.AdminURL(t), o.Store.Keys, id)
	if bytes.Contains(archive, []byte("Van Dam")) {
		t.Error("the archive is readable")
	}
	url, in, keys := emptyInstallation(t)
	end, err := ops.ImportArchive(t.Context(), in, []age.Identity{id}, bytes.NewReader(archive), func(int64) {})
	if err != nil {
		t.Fatal(err)
	}
	_, was := unpacked(t, archive, id)
	_, is := unpacked(t, exported(t, url, keys(), id), id)
	compareArchives(t, was, is)
	proven(t, was)
	worksAgain(t, url, keys(), o)
	if end.Rows["customers"] < 40 || !strings.Contains(was["tables/customers/000001.jsonl"], "Van Dam") {
		t.Error("the archive holds no customers:", end.Rows)
	}
	if _, err := ops.ImportArchive(t.Context(), in, []age.Identity{id}, bytes.NewReader(archive), func(int64) {}); policy.KindOf(err) != policy.Conflict {
		t.Error("imported over what is there:", err)
	}
}

// mayDiffer is what an installation must have of its own.
var mayDiffer = map[string]string{
	"balie-archive.json": "when it was made, and the key of its own log",
	"manifest.json":      "counts and hashes of the log's files",
	"audit":              "each installation writes its own log",
	"checkpoints":        "and signs it",
}

func compareArchives(t *testing.T, was, is map[string]string) {
	t.Helper()
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range was {
			if !yield(name) {
				return
			}
		}
		for name := range is {
			if was[name] == "" && !yield(name) {
				return
			}
		}
	}) {
		table := strings.Split(name+"//", "/")[1]
		if mayDiffer[name] == "" && mayDiffer[table] == "" && was[name] != is[name] {
			t.Errorf("%s differs:\n%s", name, cmp.Diff(strings.Split(was[name], "\n"), strings.Split(is[name], "\n")))
		}
	}
	sequences := func(files map[string]string) (all []db.Sequence) {
		var end ops.ArchiveEnd
		if err := json.Unmarshal([]byte(files["manifest.json"]), &end); err != nil {
			t.Fatal(err)
		}
		return slices.DeleteFunc(end.Sequences, func(s db.Sequence) bool { return s.Name == "audit_id_seq" })
	}
	if diff := cmp.Diff(sequences(was), sequences(is)); diff != "" {
		t.Errorf("sequences differ: %s", diff)
	}
}

// proven says which sealed columns had a row in this test.
func proven(t *testing.T, files map[string]string) {
	t.Helper()
	var head ops.ArchiveHead
	if err := json.Unmarshal([]byte(files["balie-archive.json"]), &head); err != nil {
		t.Fatal(err)
	}
	for _, table := range head.Tables {
		for _, c := range table.Columns {
			if c.Sealed && !strings.Contains(files["tables/"+table.Name+"/000001.jsonl"], `"`+c.Name+`":{"`) {
				t.Logf("no row with %s.%s", table.Name, c.Name)
			}
		}
	}
}

// worksAgain: the new installation opens what the old one wrote, and goes on.
func worksAgain(t *testing.T, url string, keys *seal.Keyring, o office) {
	t.Helper()
	s, err := db.Open(clustertest.As(t, url, "balie_login"), keys)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if err := s.RebuildSearch(t.Context(), func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	again := ops.New(s, slog.New(slog.DiscardHandler))
	page, err := again.FindCustomers(t.Context(), o.sander, db.Query{Text: "van dam"})
	before, _ := o.FindCustomers(t.Context(), o.sander, db.Query{Text: "van dam"})
	if diff := cmp.Diff(before.Rows, page.Rows, cmp.Comparer(func(a, b text.Line) bool { return a == b })); err != nil || diff != "" || len(page.Rows) < 3 {
		t.Errorf("other customers are found: %v %s", err, diff)
	}
	c := db.Customer{Kind: policy.Person, Status: policy.Lead, Grounds: []policy.Ground{fair.Ground}}
	c.Family, c.Source = text.New("Nieuw"), text.New("na de verhuizing")
	if _, err := again.CreateCustomer(t.Context(), o.sander, c, ops.NewRequestKey()); err != nil {
		t.Error("nobody can be added:", err)
	}
}

// TestArchive_Refused: what is not whole, or not ours, leaves nothing behind.
func TestArchive_Refused(t *testing.T) {
	o, id := newOffice(t), lockbox(t)
	if _, err := o.RunImport(t.Context(), o.sander, o.spool(t, book), fair, quiet); err != nil {
		t.Fatal(err)
	}
	archive := exported(t, dbtest.AdminURL(t), o.Store.Keys, id)
	names, files := unpacked(t, archive, id)
	url, in, _ := emptyInstallation(t)
	with := func(name string, change func(string) string) []byte {
		changed := map[string]string{}
		for n, c := range files {
			changed[n] = c
		}
		changed[name] = change(files[name])
		return repacked(t, names, changed, id)
	}
	without := func(name string) []byte {
		return repacked(t, slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == name }), files, id)
	}
	for name, tt := range map[string]struct {
		file []byte
		id   *age.X25519Identity
		want string
	}{
		"another identity": {archive, lockbox(t), "doesn't open"},
		"cut off":          {archive[:len(archive)-10], id, "damaged or cut off"},
		"no archive":       {[]byte("naam,mail\n"), id, "doesn't open"},
		"a row changed":    {with("tables/teams/000001.jsonl", func(s string) string { return strings.Replace(s, "noord", "zuid", 1) }), id, "damaged or cut off"},
		"a name changed":   {with("tables/customers/000001.jsonl", func(s string) string { return strings.Replace(s, "Kuipers", "Snijders", 1) }), id, "damaged or cut off"},
		"a file missing":   {without("tables/customers/000001.jsonl"), id, "damaged or cut off"},
		"no end":           {without("manifest.json"), id, "damaged or cut off"},
		"no JSON":          {with("tables/customers/000001.jsonl", func(string) string { return "x\n" }), id, "can't be read"},
		"another schema":   {with("balie-archive.json", func(s string) string { return strings.Replace(s, `"schema": `, `"schema": 9`, 1) }), id, "another version"},
		"another table":    {with("balie-archive.json", func(s string) string { return strings.Replace(s, `"name": "tags"`, `"name": "pg_authid"`, 1) }), id, "another version"},
	} {
		_, err := ops.ImportArchive(t.Context(), in, []age.Identity{tt.id}, bytes.NewReader(tt.file), func(int64) {})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := rowsAt(t, url, "select count(*) from people"); n != 0 {
		t.Errorf("%d people are left", n)
	}
	if n := rowsAt(t, url, "select count(*) from pg_constraint where contype = 'f'"); n < 20 {
		t.Errorf("only %d foreign keys are left", n)
	}
	if _, err := ops.ImportArchive(t.Context(), in, []age.Identity{id}, bytes.NewReader(repacked(t, names, files, id)), func(int64) {}); err != nil {
		t.Error("control: the archive as it was:", err)
	}
	for sql, want := range map[string]int64{
		"select count(*) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and not relforcerowsecurity": 0,
		"select count(*) from pg_trigger where not tgisinternal and tgenabled = 'D'":                                              0,
		"select count(*) from people": 3,
	} {
		if n := rowsAt(t, url, sql); n != want {
			t.Errorf("%s: %d", sql, n)
		}
	}
}

func rowsAt(t *testing.T, url, sql string) (n int64) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), sql).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
