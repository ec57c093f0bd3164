package ops_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"balie/db/dbtest"
	"balie/policy"
)

// The clock notes what is late enough, one step at a time; finance makes the
// letters, and each stands as it was.
func TestInvoiceReminders(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	decideLetterhead(t, b.Ops, b.anna)
	i, err := b.IssueInvoice(ctx, b.fatima, b.bills[0].ID, b.bills[0].Version)
	must(t, err)
	run := func() string {
		t.Helper()
		_, err := b.RunJob(ctx, b.anna, "invoices.remind", false)
		must(t, err)
		all, _, err := b.WaitingReminders(ctx, b.fatima)
		must(t, err)
		var got []string
		for _, r := range all {
			if r.Invoice.ID == i.ID {
				got = append(got, fmt.Sprint(r.Level))
			}
		}
		return strings.Join(got, " ")
	}
	later := func(days int) {
		dbtest.Exec(t, fmt.Sprintf("update invoices set due_on = due_on - %d, issued_on = issued_on - %[1]d, reminded_on = reminded_on - %[1]d where id = %d", days, i.ID))
	}
	for _, step := range []struct {
		days int
		want string
	}{{30 + 13, ""}, {1, "1"}, {60, "1"}} { // it waits until it is made
		later(step.days)
		if got := run(); got != step.want {
			t.Fatalf("%d days on, due are %q, want %q", step.days, got, step.want)
		}
	}
	found, err := b.Attention(ctx, b.fatima)
	must(t, err)
	if !strings.Contains(fmt.Sprint(found), "Reminders of invoices to be sent") {
		t.Errorf("finance's first screen: %v", found)
	}
	if _, _, err := b.RemindInvoice(ctx, b.marit, i.ID, "nl"); policy.KindOf(err) != policy.Denied {
		t.Errorf("a manager reminds: %v", err)
	}
	if _, _, err := b.RemindInvoice(ctx, b.fatima, 999_999, "nl"); policy.KindOf(err) != policy.Absent {
		t.Errorf("one that isn't there: %v", err)
	}
	must(t, b.PrintReminder(ctx, b.fatima, i.ID, "nl", io.Discard))
	if got := run(); got != "" {
		t.Errorf("the day after the first, due is %q", got)
	}
	for _, want := range []string{"2 eerste herinnering", "3 geven wij de vordering uit handen"} {
		level, words, _ := strings.Cut(want, " ")
		later(7)
		if got := run(); got != level {
			t.Fatalf("a week later, due is %q, want %s", got, level)
		}
		_, r, err := b.RemindInvoice(ctx, b.fatima, i.ID, "nl")
		must(t, err)
		if fmt.Sprint(r.Level) != level || !strings.Contains(r.Text.String(), words) {
			t.Errorf("reminder %d: %s", r.Level, r.Text)
		}
	}
	later(7)
	if got := run(); got != "" {
		t.Errorf("after the last, due is %q", got)
	}
	s, err := b.ViewInvoice(ctx, b.fatima, i.ID)
	must(t, err)
	if len(s.Letters) != 3 || !strings.HasPrefix(s.Letters[0].Text.String(), "Volgens onze boeken") || s.Letters[2].MadeBy != b.fatima.ID {
		t.Errorf("kept: %+v", s.Letters)
	}
	if n := dbtest.Query[int](t, `select count(*)::int from invoice_reminders where encode(body, 'escape') like '%boeken%'`); n != 0 {
		t.Error("a letter is readable in the database")
	}
}
