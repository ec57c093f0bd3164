package ops_test

import (
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/policy"
)

// What counts is the default, until somebody decides; who decided what is kept.
func TestDecide(t *testing.T) {
	b := newBench(t)
	read := func() (v policy.SettingValue) {
		t.Helper()
		if err := b.Store.As(t.Context(), policy.System(policy.Clock), policy.SystemJob, func(tx *db.Tx) (err error) {
			v, err = tx.Setting(t.Context(), policy.KeysSuspendDays)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return v
	}
	if got := read(); got.Int() != 120 {
		t.Errorf("by default: %q", got)
	}
	before := logged(t, policy.SettingChange, false, 0) // the bench has its letterhead
	for _, v := range []policy.SettingValue{"150", "180"} {
		if err := b.Decide(t.Context(), b.anna, policy.KeysSuspendDays, v, line("longer holidays")); err != nil {
			t.Fatal(err)
		}
	}
	if got := read(); got.Int() != 180 {
		t.Errorf("decided twice: %q", got)
	}
	if got := dbtest.Query[string](t, "select string_agg(value #>> '{}', ' ' order by version) from settings where key = 'keys.suspend_days' and by = $1", b.anna.ID); got != "150 180" {
		t.Errorf("kept: %q", got)
	}
	if n := logged(t, policy.SettingChange, false, 0) - before; n != 2 {
		t.Errorf("%d rows in the log", n)
	}
}

func TestDecide_refused(t *testing.T) {
	b := newBench(t)
	const settings = "select count(*) from settings"
	before := dbtest.Query[int64](t, settings) // the letterhead
	for _, c := range []struct {
		key    policy.SettingKey
		value  policy.SettingValue
		reason string
	}{
		{"no.such", "1", "x"},
		{policy.KeysFlagDays, "many", "x"},
		{policy.KeysFlagDays, "0", "x"},
		{policy.KeysFlagDays, "120", "x"}, // not below keys.suspend_days
		{policy.KeysSuspendDays, "90", "x"},
		{policy.SessionHours, "25", "x"},
		{policy.TimeZone, "Mars/Olympus", "x"},
		{policy.TimeZone, "Local", "x"},
		{policy.TimeZone, "../etc/passwd", "x"},
		{policy.KeysFlagDays, "80", ""},
	} {
		wantKind(t, string(c.key)+" "+string(c.value), b.Decide(t.Context(), b.anna, c.key, c.value, line(c.reason)), policy.Invalid)
	}
	wantKind(t, "by a salesperson", b.Decide(t.Context(), b.sander, policy.KeysFlagDays, "80", line("x")), policy.Denied)
	if n := dbtest.Query[int64](t, settings) - before; n != 0 {
		t.Errorf("%d were kept", n)
	}
	// The control, and a second one who read the same version.
	if err := b.Decide(t.Context(), b.anna, policy.TimeZone, "Europe/Brussels", line("moved")); err != nil {
		t.Error(err)
	}
	err := b.Store.As(t.Context(), b.anna, policy.SettingChange, func(tx *db.Tx) error {
		return tx.Decide(t.Context(), policy.TimeZone, "Europe/Paris", 0)
	})
	wantKind(t, "decided meanwhile", err, policy.Conflict)
}
