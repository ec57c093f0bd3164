package db

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"balie/db/seal"
)

// ArchiveReader reads all of an installation as of one moment, as the database's
// owner who may step into balie_backup.
type ArchiveReader struct {
	conn   *pgx.Conn
	tx     pgx.Tx
	keys   *seal.Keyring
	Tables []ArchiveTable
}

// ReadArchive begins; the caller must Close it.
func ReadArchive(ctx context.Context, ownerURL string, keys *seal.Keyring) (*ArchiveReader, error) {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return nil, kinded(err)
	}
	r := &ArchiveReader{conn: conn, keys: keys}
	if err := r.begin(ctx); err != nil {
		r.Close(ctx)
		return nil, kinded(notOwner(err))
	}
	return r, nil
}

func (r *ArchiveReader) begin(ctx context.Context) (err error) {
	r.tx, err = r.conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return err
	}
	for _, sql := range []string{"set local timezone = 'UTC'", "set local jit = off", "set local role balie_backup"} {
		if _, err := r.tx.Exec(ctx, sql); err != nil {
			return err
		}
	}
	r.Tables, err = archiveTables(ctx, r.tx)
	return err
}

// Close ends it.
func (r *ArchiveReader) Close(ctx context.Context) {
	_ = r.conn.Close(context.WithoutCancel(ctx)) // it only read
}

// LeftOut are the tables that stay behind, and why.
func (r *ArchiveReader) LeftOut() map[string]string { return notArchived }

// Count says how many rows all tables have, for a bar.
func (r *ArchiveReader) Count(ctx context.Context) (n int64, err error) {
	for _, t := range r.Tables {
		var rows int64
		if err := r.tx.QueryRow(ctx, `select count(*) from `+quoted(t.Name)).Scan(&rows); err != nil {
			return 0, kinded(err)
		}
		n += rows
	}
	return n, nil
}

// Version is the schema's.
func (r *ArchiveReader) Version(ctx context.Context) (v int32, err error) {
	// The role that reads rows may not read the schema's version.
	err = r.asOwner(ctx, `select version from `+versionTable, func(rows pgx.Rows) error { return rows.Scan(&v) })
	return v, err
}

// Sequence is where one stands.
type Sequence struct {
	Name   string `json:"name"`
	Last   int64  `json:"last"`
	Called bool   `json:"called"`
}

// Sequences are all, where they stand now: not before any row that was read.
func (r *ArchiveReader) Sequences(ctx context.Context) (all []Sequence, err error) {
	var names []string
	err = r.asOwner(ctx, `select c.relname from pg_class c where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace order by 1`, func(rows pgx.Rows) error {
		var name string
		err := rows.Scan(&name)
		names = append(names, name)
		return err
	})
	for _, name := range names {
		s := Sequence{Name: name}
		if err == nil {
			err = r.asOwner(ctx, `select last_value, is_called from `+quoted(name), func(rows pgx.Rows) error { return rows.Scan(&s.Last, &s.Called) })
		}
		all = append(all, s)
	}
	return all, err
}

func (r *ArchiveReader) asOwner(ctx context.Context, sql string, scan func(pgx.Rows) error) error {
	if _, err := r.tx.Exec(ctx, "reset role"); err != nil {
		return kinded(err)
	}
	rows, err := r.tx.Query(ctx, sql)
	if err != nil {
		return kinded(err)
	}
	for rows.Next() && err == nil {
		err = scan(rows)
	}
	rows.Close()
	if err == nil {
		err = rows.Err()
	}
	if err == nil {
		_, err = r.tx.Exec(ctx, "set local role balie_backup")
	}
	return kinded(err)
}

// Subjects yields everybody who has a data key.
func (r *ArchiveReader) Subjects(ctx context.Context, yield func(line []byte) error) error {
	rows, err := r.tx.Query(ctx, `select subject_id from subject_keys order by subject_id`)
	if err != nil {
		return kinded(err)
	}
	var id int64
	_, err = pgx.ForEachRow(rows, []any{&id}, func() error { return yield(fmt.Appendf(nil, `{"subject_id":%d}`, id)) })
	return kinded(err)
}

// Rows yields the rows of a table as JSON, each on a line, with what is sealed
// opened. A line is valid until the next one.
func (r *ArchiveReader) Rows(ctx context.Context, t ArchiveTable, yield func(line []byte) error) error {
	sql, subjects := t.query()
	rows, err := r.tx.Query(ctx, sql)
	if err != nil {
		return kinded(err)
	}
	sealed := t.names(true)
	one := archivedRow{values: make([][]byte, len(sealed)), ids: make([]*int64, len(sealed)), owners: make([]owner, len(subjects))}
	_, err = pgx.ForEachRow(rows, one.targets(), func() error {
		line, err := one.line(r.keys, t, sealed, subjects)
		if err != nil {
			return err
		}
		return yield(line)
	})
	return kinded(err)
}

// query selects the plain columns as one JSON object and the sealed ones beside
// it, with whose keys they open by.
func (t ArchiveTable) query() (sql string, subjects []string) {
	var plain, extra, joins []string
	for _, name := range t.names(false) {
		plain = append(plain, "t."+quoted(name))
	}
	for _, name := range t.names(true) {
		o := sealedColumns[t.Name+"."+name]
		extra = append(extra, "t."+quoted(name), "("+sqlOrNull(o.system)+")::bigint")
		if o.subject != "" && !slices.Contains(subjects, o.subject) {
			subjects = append(subjects, o.subject)
		}
	}
	for i, s := range subjects {
		extra = append(extra, fmt.Sprintf("(%s)::bigint, k%d.kek_epoch, k%[2]d.wrapped", s, i))
		joins = append(joins, fmt.Sprintf(" left join subject_keys k%d on k%[1]d.subject_id = %s", i, s))
	}
	keys := make([]string, len(t.Key))
	for i, k := range t.Key {
		keys[i] = "t." + quoted(k)
	}
	return "select row_to_json(p)::text" + prefixed(extra) + " from " + quoted(t.Name) + " t cross join lateral (select " + strings.Join(plain, ", ") + ") p" +
		strings.Join(joins, "") + " order by " + strings.Join(keys, ", "), subjects
}

func sqlOrNull(sql string) string {
	if sql == "" {
		return "null"
	}
	return sql
}

func prefixed(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return ", " + strings.Join(all, ", ")
}

func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }

// owner is whose key opens some columns of a row.
type owner struct {
	id      *int64
	epoch   *int
	wrapped []byte
}

type archivedRow struct {
	plain  string
	values [][]byte
	ids    []*int64
	owners []owner
	buf    bytes.Buffer
}

func (a *archivedRow) targets() []any {
	targets := []any{&a.plain}
	for i := range a.values {
		targets = append(targets, &a.values[i], &a.ids[i])
	}
	for i := range a.owners {
		o := &a.owners[i]
		targets = append(targets, &o.id, &o.epoch, &o.wrapped)
	}
	return targets
}

func (a *archivedRow) line(keys *seal.Keyring, t ArchiveTable, sealed, subjects []string) ([]byte, error) {
	a.buf.Reset()
	a.buf.WriteString(strings.TrimSuffix(a.plain, "}"))
	opened := map[int]seal.DataKey{}
	for i, name := range sealed {
		place := t.Name + "." + name
		value, err := a.open(keys, place, i, slices.Index(subjects, sealedColumns[place].subject), opened)
		if err != nil {
			return nil, fmt.Errorf("archive: %s in %.200s: %w", place, a.plain, err)
		}
		fmt.Fprintf(&a.buf, ",%q:%s", name, value)
	}
	a.buf.WriteByte('}')
	return a.buf.Bytes(), nil
}

// open gives one sealed value as JSON that says whose it is.
func (a *archivedRow) open(keys *seal.Keyring, place string, i, of int, opened map[int]seal.DataKey) ([]byte, error) {
	if a.values[i] == nil {
		return []byte("null"), nil
	}
	if of < 0 || a.owners[of].id == nil {
		plain, err := keys.Open(place, *a.ids[i], a.values[i])
		return marshal(newClear("system", *a.ids[i], plain)), err
	}
	o := a.owners[of]
	if o.epoch == nil { // the key is gone, and what it sealed with it
		return marshal(clearValue{Subject: o.id, Erased: true}), nil
	}
	key, ok := opened[of]
	if !ok {
		var err error
		if key, err = keys.Unwrap(*o.id, seal.Wrapped{Epoch: *o.epoch, Key: o.wrapped}); err != nil {
			return nil, err
		}
		opened[of] = key
	}
	plain, err := key.Open(place, a.values[i])
	return marshal(newClear("subject", *o.id, plain)), err
}

// clearValue is a sealed value in an archive: whose it is, and what it says as
// JSON, as text or as bytes. Erased: nobody can read it any more.
type clearValue struct {
	Subject *int64          `json:"subject,omitempty"`
	System  *int64          `json:"system,omitempty"`
	JSON    json.RawMessage `json:"json,omitempty"`
	Text    *string         `json:"text,omitempty"`
	Bytes   []byte          `json:"base64,omitempty"`
	Erased  bool            `json:"erased,omitempty"`
}

// newClear takes JSON only for what comes back byte for byte: some of it is
// signed.
func newClear(whose string, id int64, plain []byte) (v clearValue) {
	if v.System = &id; whose == "subject" {
		v.Subject, v.System = &id, nil
	}
	text := string(plain)
	switch again, err := json.Marshal(json.RawMessage(plain)); {
	case err == nil && len(plain) > 0 && plain[0] == '{' && bytes.Equal(again, plain):
		v.JSON = plain
	case utf8.Valid(plain):
		v.Text = &text
	default:
		v.Bytes = plain
	}
	return v
}

func (v clearValue) plain() []byte {
	switch {
	case v.JSON != nil:
		return v.JSON
	case v.Text != nil:
		return []byte(*v.Text)
	}
	return v.Bytes
}
