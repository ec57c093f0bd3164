package db

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"balie/db/seal"
	"balie/policy"
)

// ArchiveWriter fills an empty installation from an archive, as the database's
// owner, in one transaction: whatever fails, nothing stays.
type ArchiveWriter struct {
	conn   *pgx.Conn
	tx     pgx.Tx
	family seal.Family
	keys   *seal.Keyring
	tables []ArchiveTable
	again  []string // what puts constraints, triggers and row security back
}

// WriteArchive begins in an installation that was migrated and has nobody in it
// yet; the caller must Close it.
func WriteArchive(ctx context.Context, ownerURL string, keys *seal.Keyring) (*ArchiveWriter, error) {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return nil, kinded(err)
	}
	w := &ArchiveWriter{conn: conn, keys: keys, family: keys.NewFamily()}
	if err := w.begin(ctx); err != nil {
		w.Close(ctx)
		return nil, kinded(notOwner(err))
	}
	return w, nil
}

// Close undoes what was not committed.
func (w *ArchiveWriter) Close(ctx context.Context) {
	_ = w.conn.Close(context.WithoutCancel(ctx)) // which rolls back
}

func (w *ArchiveWriter) begin(ctx context.Context) (err error) {
	if w.tx, err = w.conn.Begin(ctx); err != nil {
		return err
	}
	for _, sql := range []string{"set local timezone = 'UTC'", "set local jit = off", "set local lock_timeout = '10s'", "select pg_advisory_xact_lock(7000, 1)"} {
		if _, err := w.tx.Exec(ctx, sql); err != nil {
			return err
		}
	}
	all, err := archiveTables(ctx, w.tx)
	if err != nil {
		return err
	}
	w.tables = slices.DeleteFunc(all, func(t ArchiveTable) bool { return t.Why != "" })
	if err := w.loosen(ctx); err != nil {
		return err
	}
	return w.empty(ctx)
}

// loosen takes off what would refuse rows that come in any order, or would act
// on them: foreign keys, triggers, and row security for the owner.
func (w *ArchiveWriter) loosen(ctx context.Context) error {
	for _, t := range append(slices.Clone(w.tables), ArchiveTable{Name: "subject_keys"}) {
		name := quoted(t.Name)
		w.again = append(w.again, "alter table "+name+" force row level security", "alter table "+name+" enable trigger user")
		for _, sql := range []string{"alter table " + name + " no force row level security", "alter table " + name + " disable trigger user"} {
			if _, err := w.tx.Exec(ctx, sql); err != nil {
				return err
			}
		}
	}
	rows, err := w.tx.Query(ctx, `select conrelid::regclass::text as tab, quote_ident(conname) as name, pg_get_constraintdef(oid) as def
		from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2`)
	if err != nil {
		return err
	}
	var table, name, def string
	var drops []string
	if _, err := pgx.ForEachRow(rows, []any{&table, &name, &def}, func() error {
		drops = append(drops, "alter table "+table+" drop constraint "+name)
		w.again = append(w.again, "alter table "+table+" add constraint "+name+" "+def)
		return nil
	}); err != nil {
		return err
	}
	for _, sql := range drops {
		if _, err := w.tx.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}

// empty refuses an installation with people or customers in it, and takes out
// what the migrations put there, which the archive brings.
func (w *ArchiveWriter) empty(ctx context.Context) error {
	for _, table := range []string{"people", "customers", "subject_keys", "settings"} {
		var some bool
		if err := w.tx.QueryRow(ctx, `select exists (select from `+table+`)`).Scan(&some); err != nil {
			return err
		}
		if some {
			return policy.Errorf(policy.Conflict, "This installation is in use: an archive goes only into one where nobody has been invited yet.")
		}
	}
	for _, t := range w.tables {
		if _, err := w.tx.Exec(ctx, `delete from `+quoted(t.Name)); err != nil {
			return err
		}
	}
	return nil
}

// Fits says whether an archive of tables can be put back: they must be the
// same, column by column.
func (w *ArchiveWriter) Fits(ctx context.Context, version int32, tables []ArchiveTable) error {
	var mine int32
	if err := w.tx.QueryRow(ctx, `select version from `+versionTable).Scan(&mine); err != nil {
		return kinded(err)
	}
	there := slices.DeleteFunc(slices.Clone(tables), func(t ArchiveTable) bool { return t.Why != "" })
	if mine != version || !bytes.Equal(marshal(there), marshal(w.tables)) {
		return policy.Errorf(policy.Conflict, "The archive was made by another version of balie (schema %d, here %d): import it with that one, and then upgrade.", version, mine)
	}
	return nil
}

// AddSubjects makes a new data key for each line of subjects.
func (w *ArchiveWriter) AddSubjects(ctx context.Context, lines [][]byte) error {
	var ids []int64
	var epochs []int32
	var wrapped [][]byte
	for _, line := range lines {
		var s struct {
			ID int64 `json:"subject_id"`
		}
		if err := json.Unmarshal(line, &s); err != nil {
			return badLine("subject_keys", err)
		}
		k := w.family.Wrap(s.ID)
		ids, epochs, wrapped = append(ids, s.ID), append(epochs, int32(k.Epoch)), append(wrapped, k.Key)
	}
	_, err := w.tx.Exec(ctx, insertKeys, ids, epochs, wrapped)
	return kinded(err)
}

func badLine(table string, err error) error {
	return policy.Errorf(policy.Invalid, "A row of %s in the archive can't be read; nothing was imported.", table).Because(err)
}

// Add puts rows of a table back, sealing under the new keys what was sealed.
func (w *ArchiveWriter) Add(ctx context.Context, table string, lines [][]byte) error {
	at := slices.IndexFunc(w.tables, func(t ArchiveTable) bool { return t.Name == table })
	if at < 0 {
		return policy.Errorf(policy.Invalid, "The archive has a table %q that this balie doesn't have; nothing was imported.", table)
	}
	t := w.tables[at]
	sealed := t.names(true)
	rows := bytes.NewBufferString("[")
	for i, line := range lines {
		if i > 0 {
			rows.WriteByte(',')
		}
		if len(sealed) > 0 {
			var err error
			if line, err = w.reseal(t, sealed, line); err != nil {
				return badLine(table, err)
			}
		}
		rows.Write(line)
	}
	rows.WriteByte(']')
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = quoted(c.Name)
	}
	columns := strings.Join(names, ", ")
	_, err := w.tx.Exec(ctx, "insert into "+quoted(table)+" ("+columns+") overriding system value select "+columns+
		" from json_populate_recordset(null::"+quoted(table)+", $1::json)", rows.String())
	if err != nil {
		return badLine(table, kinded(err))
	}
	return nil
}

// reseal replaces what is open in a line by what PostgreSQL may keep.
func (w *ArchiveWriter) reseal(t ArchiveTable, sealed []string, line []byte) ([]byte, error) {
	var row map[string]json.RawMessage
	if err := json.Unmarshal(line, &row); err != nil {
		return nil, err
	}
	for _, name := range sealed {
		var v *clearValue
		if err := json.Unmarshal(row[name], &v); err != nil {
			return nil, err
		}
		if v == nil {
			continue
		}
		bytes, err := w.seal(t.Name+"."+name, *v)
		if err != nil {
			return nil, err
		}
		row[name] = marshal(`\x` + hex.EncodeToString(bytes))
	}
	return json.Marshal(row)
}

func (w *ArchiveWriter) seal(place string, v clearValue) ([]byte, error) {
	switch {
	case v.Erased: // what nobody could read, nobody can read here
		noise := make([]byte, 32)
		rand.Read(noise)
		return noise, nil
	case v.Subject != nil:
		return w.family.Key(*v.Subject).Seal(place, v.plain()), nil
	case v.System != nil:
		return w.keys.Seal(place, *v.System, v.plain()), nil
	}
	return nil, fmt.Errorf("%s says not whose it is", place)
}

// Commit puts back what was loosened, which checks every reference, and makes
// all of it real.
func (w *ArchiveWriter) Commit(ctx context.Context, sequences []Sequence) error {
	for _, s := range sequences {
		if _, err := w.tx.Exec(ctx, `select setval($1::regclass, $2, $3)`, quoted(s.Name), s.Last, s.Called); err != nil {
			return kinded(err)
		}
	}
	for _, sql := range w.again {
		if _, err := w.tx.Exec(ctx, sql); err != nil {
			return policy.Errorf(policy.Invalid, "The archive contradicts itself; nothing was imported.").Because(err)
		}
	}
	return kinded(w.tx.Commit(ctx))
}
