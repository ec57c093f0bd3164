package db_test

import (
	"strings"
	"testing"

	"balie/db"
	"balie/db/dbtest"
)

// TestLint_ArchiveCoversEveryTable: whoever adds a table with bytes in it says
// how an archive opens them, or why the table stays behind.
func TestLint_ArchiveCoversEveryTable(t *testing.T) {
	s := dbtest.New(t)
	read := func() string {
		r, err := db.ReadArchive(t.Context(), dbtest.AdminURL(t), s.Keys)
		if err != nil {
			return err.Error()
		}
		r.Close(t.Context())
		return ""
	}
	if got := read(); got != "" {
		t.Error(got)
	}
	for _, c := range []struct{ plant, undo, want string }{
		{"create table planted (id int primary key, head bytea)", "drop table planted", "planted.head holds bytes"},
		{"create table planted (id int)", "drop table planted", "table planted has no primary key"},
		{"alter table tags add column secret bytea", "alter table tags drop column secret", "tags.secret holds bytes"},
	} {
		dbtest.Exec(t, c.plant)
		if got := read(); !strings.Contains(got, c.want) {
			t.Errorf("control: %s: %q", c.plant, got)
		}
		dbtest.Exec(t, c.undo)
	}
}
