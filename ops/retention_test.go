package ops_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/db/seal"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// attic is a firm with customers of random histories, some of whom are to go.
type attic struct {
	desk
	ids []int64
	due []int64 // by the rules, worked out in SQL
}

// dueSQL says a second time whom the default rules let go: in days of SQL, and
// by what holds, table by table.
const dueSQL = `select coalesce(array_agg(c.id order by c.id), '{}') from customers c where not c.restricted
	and not exists (select from legal_holds h where h.customer_id = c.id and h.ended_at is null and h.until >= current_date)
	and not exists (select from invoices i where i.customer_id = c.id and i.issued_on is not null and not i.settled)
	and not exists (select from deals d where d.customer_id = c.id and d.closed_at is null)
	and not exists (select from requests q where q.subject_id = c.id and q.closed_at is null)
	and not exists (select from bases b where b.customer_id = c.id and case
		when b.purpose <> 'recruitment' then c.last_activity > now() - case c.status when 1 then interval '1 year' else interval '2 years' end
		else coalesce((select max(e.on_date) from retention_events e where e.customer_id = c.id and e.event = 'procedure' and e.replaced_at is null), 'infinity')
			> current_date - case b.basis when 'consent' then interval '1 year' else interval '28 days' end end)`

const histories = 60

func newAttic(t *testing.T, d desk) attic {
	t.Helper()
	a := attic{desk: d}
	r := rand.New(rand.NewPCG(1, 7))
	var past strings.Builder // what happened before there was a program
	happened := func(sql string, args ...any) { fmt.Fprintf(&past, sql+";", args...) }
	for n := range histories {
		c := db.Customer{Kind: policy.Person, Status: policy.Statuses[n%3], Grounds: []policy.Ground{{Purpose: policy.Delivery, Basis: policy.Contract}}}
		c.Family, c.Mails = text.New(fmt.Sprint("Oud", n)), []db.Labelled{{Value: text.New(fmt.Sprintf("oud%d@example.nl", n))}}
		c.Address.Postcode = text.New("3511 AA")
		c, err := a.CreateCustomer(t.Context(), a.sander, c, ops.NewRequestKey())
		must(t, err)
		a.ids = append(a.ids, c.ID)
		a.holdSome(t, r, c.ID, happened)
		days := 300 + r.IntN(1000)
		if r.IntN(4) == 0 {
			happened("update bases set purpose = 'recruitment', basis = '%s' where customer_id = %d", []string{"interest", "consent"}[r.IntN(2)], c.ID)
		}
		if r.IntN(4) == 0 {
			happened("insert into retention_events (customer_id, event, on_date, person_id) values (%d, 'procedure', current_date - %d, %d)", c.ID, r.IntN(500), a.sander.ID)
		}
		if r.IntN(10) == 0 {
			happened("insert into requests (id, kind, channel, received_on, subject_id, recorded_at, recorded_by, updated_at, request, head, body) values (nextval('request_ids'), 'access', 'mail', current_date, %d, now(), %d, now(), gen_random_uuid(), '', '')", c.ID, a.sander.ID)
		}
		if r.IntN(8) == 0 {
			deal := db.Deal{Customer: c.ID, Value: 100}
			deal.Title = text.New("dormer")
			_, err := a.CreateDeal(t.Context(), a.sander, deal, false, ops.NewRequestKey())
			must(t, err)
			days = 1100
		}
		happened("update customers set last_activity = now() - interval '%d days', restricted = %t where id = %d", days, r.IntN(9) == 0, c.ID)
	}
	dbtest.Exec(t, past.String())
	a.due = dbtest.Query[[]int64](t, dueSQL)
	if len(a.due) < 15 || len(a.due) > histories-20 {
		t.Fatalf("%d of %d are due: the histories say little", len(a.due), histories)
	}
	return a
}

// holdSome holds some customers, and ends half of the holds.
func (a attic) holdSome(t *testing.T, r *rand.Rand, id int64, happened func(string, ...any)) {
	t.Helper()
	if r.IntN(4) > 0 {
		return
	}
	sort := []policy.HeldBy{policy.HeldLegally, policy.HeldLonger}[r.IntN(2)]
	_, err := a.AddHold(t.Context(), a.pieter, db.Hold{Customer: id, Sort: sort, Until: time.Now().AddDate(0, 0, 30), Reason: text.New("claim 7")})
	must(t, err)
	if r.IntN(2) == 0 {
		happened("update legal_holds set until = current_date - 2 where customer_id = %d", id)
	}
}

func (a attic) agree(t *testing.T) {
	t.Helper()
	for _, r := range policy.DefaultSchedule() {
		must(t, a.AnswerRule(t.Context(), a.pieter, r.Key, true))
	}
}

func (a attic) sweep(t *testing.T) ops.JobOutcome {
	t.Helper()
	dbtest.Exec(t, `update job_runs set beat_at = beat_at - interval '1 hour' where job = 'retention.sweep'`)
	out, err := a.RunJob(t.Context(), a.anna, "retention.sweep", false)
	must(t, err)
	return out
}

func (a attic) wait(t *testing.T, days string) {
	t.Helper()
	must(t, a.Decide(t.Context(), a.anna, policy.RetentionWait, policy.SettingValue(days), text.New("test")))
}

func erasedIDs(t *testing.T) []int64 {
	return dbtest.Query[[]int64](t, `select coalesce(array_agg(subject_id order by subject_id), '{}') from erasures`)
}

func TestRetention(t *testing.T) {
	a := newAttic(t, newDesk(t))
	ctx := t.Context()

	t.Run("nobody goes by rules that nobody agreed to", func(t *testing.T) {
		a.wait(t, "0")
		if out := a.sweep(t); len(out.Counts) != 0 {
			t.Errorf("the sweep did %v", out.Counts)
		}
	})

	t.Run("a change takes two", func(t *testing.T) {
		change := ops.RuleChange{Key: policy.RuleFormer, Term: policy.RetentionTerm{N: 3, Unit: policy.Years}}
		if _, err := a.ProposeRule(ctx, a.sander, change, text.New("x")); policy.KindOf(err) != policy.Denied {
			t.Errorf("sales proposes: %v", err)
		}
		_, err := a.ProposeRule(ctx, a.pieter, change, text.New("warranty of three years"))
		must(t, err)
		if err := a.AnswerRule(ctx, a.pieter, policy.RuleFormer, true); policy.KindOf(err) != policy.Denied {
			t.Errorf("who proposed it agrees: %v", err)
		}
		err = a.Store.As(ctx, a.pieter, policy.RetentionApprove, func(tx *db.Tx) error { // past policy
			return tx.ApproveRule(ctx, policy.RetentionRule{Key: policy.RuleFormer, Version: 1})
		})
		if policy.KindOf(err) != policy.Absent {
			t.Errorf("row security lets who proposed it agree: %v", err)
		}
		must(t, a.AnswerRule(ctx, a.anna, policy.RuleFormer, true))
		// And back to the default, so that the rest of the test knows the rules.
		_, err = a.ProposeRule(ctx, a.anna, ops.RuleChange{Key: policy.RuleFormer, Term: policy.RetentionTerm{N: 2, Unit: policy.Years}}, text.New("two will do"))
		must(t, err)
		must(t, a.AnswerRule(ctx, a.pieter, policy.RuleFormer, true))
		for _, key := range []policy.RuleKey{policy.RuleLead, policy.RuleCustomer, policy.RuleApplicant, policy.RulePool, policy.RuleInvoice} {
			must(t, a.AnswerRule(ctx, a.pieter, key, true))
		}
		if _, err := a.ProposeRule(ctx, a.anna, ops.RuleChange{Key: policy.RuleInvoice, Term: policy.RetentionTerm{N: 5, Unit: policy.Years}}, text.New("x")); policy.KindOf(err) != policy.Invalid {
			t.Errorf("five years for invoices: %v", err)
		}
	})

	t.Run("the dry run names those who go, and those who are held", func(t *testing.T) {
		plans, err := a.PlanRetention(ctx, a.pieter, time.Time{}, 0)
		must(t, err)
		due, held := 0, 0
		for _, p := range plans {
			due += p.Due
			for _, n := range p.Held {
				held += n
			}
			for _, row := range p.Sample {
				if !slices.Contains(a.due, row.ID) || row.Name().IsZero() {
					t.Errorf("the sample of %s names %d", p.Key, row.ID)
				}
			}
		}
		if due != len(a.due) || held == 0 {
			t.Errorf("%d due and %d held, want %d due", due, held, len(a.due))
		}
		if n := len(erasedIDs(t)); n != 0 {
			t.Errorf("the dry run erased %d", n)
		}
	})

	t.Run("first put away: gone for sales, kept for the officer, and back with a reason", func(t *testing.T) {
		a.wait(t, "30")
		if out := a.sweep(t); out.Counts["put away"] != len(a.due) || out.Counts["erased"] != 0 {
			t.Fatalf("the sweep did %v, want %d put away", out.Counts, len(a.due))
		}
		id := a.due[0]
		if _, err := a.GetCustomer(ctx, a.sander, id); policy.KindOf(err) != policy.Absent {
			t.Errorf("sales sees who was put away: %v", err)
		}
		if _, err := a.GetCustomer(ctx, a.pieter, id); err != nil {
			t.Errorf("the officer doesn't: %v", err)
		}
		hold, err := a.AddHold(ctx, a.pieter, db.Hold{Customer: id, Sort: policy.HeldLonger, Until: time.Now().AddDate(0, 1, 0), Reason: text.New("asked for a quote by phone")})
		must(t, err)
		if _, err := a.GetCustomer(ctx, a.sander, id); err != nil {
			t.Errorf("who is kept doesn't come back: %v", err)
		}
		must(t, a.EndHold(ctx, a.pieter, hold, text.New("was somebody else")))
	})

	t.Run("then erased: all that are due, and nobody whom a rule or a hold keeps", func(t *testing.T) {
		// PostgreSQL keeps a held one by itself, even from a clock gone wrong.
		held := dbtest.Query[int64](t, `select customer_id from legal_holds where ended_at is null and until >= current_date limit 1`)
		dbtest.Exec(t, `update customers set archived_at = now() where id = $1`, held)
		err := a.Store.As(ctx, policy.System(policy.Clock), policy.CustomerErase, func(tx *db.Tx) error {
			gone, err := tx.Erase(ctx, []db.Erasing{{ID: held}, {ID: a.ids[0]}})
			if len(gone) > 0 {
				t.Errorf("the clock erases %v", gone)
			}
			return err
		})
		must(t, err)
		a.wait(t, "0")
		out := a.sweep(t)
		if got := erasedIDs(t); !slices.Equal(got, a.due) {
			t.Errorf("erased %v, want %v", got, a.due)
		}
		if out.Counts["brought back"] != 1 {
			t.Errorf("the sweep did %v: the held one was not brought back", out.Counts)
		}
		for column, n := range rowsOf(t, a.due...) {
			if n != 0 && !afterErasure[column] {
				t.Errorf("%s: %d rows are left", column, n)
			}
		}
	})

	t.Run("a deletion log without the data, and figures of ten at least", func(t *testing.T) {
		all, err := a.ListErasures(ctx, a.pieter, db.ErasureQuery{Limit: 1000})
		must(t, err)
		if len(all) != len(a.due) || all[0].Rule == "" || all[0].Certificate.Rule != all[0].Rule || all[0].Person != 0 {
			t.Errorf("the log: %d, %+v", len(all), all[0].Certificate)
		}
		figures, err := a.RetentionFigures(ctx, a.arendLike(t))
		must(t, err)
		for _, f := range figures {
			if f.N < policy.StatisticsLeast {
				t.Errorf("a figure of %d: %+v", f.N, f)
			}
		}
	})

	t.Run("the control: when the hold ends, the next sweep takes it", func(t *testing.T) {
		dbtest.Exec(t, `update legal_holds set until = current_date - 2`)
		dbtest.Exec(t, `update customers set restricted = false, last_activity = now() - interval '3 years'`)
		a.sweep(t)
		due := dbtest.Query[[]int64](t, dueSQL)
		if len(erasedIDs(t)) <= len(a.due) || len(due) != 0 {
			t.Errorf("%d erased, %d still due", len(erasedIDs(t)), len(due))
		}
	})
}

func (a attic) arendLike(t *testing.T) policy.Actor {
	return dbtest.Person(t, a.Store, "arend", policy.Auditor, "")
}

const (
	sweepURL  = "BALIE_TEST_SWEEP_URL"
	sweepRing = "BALIE_TEST_SWEEP_RING"
)

// TestSweepProcess is a node of its own process that sweeps in small steps, to
// be killed in the middle.
func TestSweepProcess(t *testing.T) {
	url := os.Getenv(sweepURL)
	if url == "" {
		t.Skip("for TestRetention_killed")
	}
	keys, err := seal.Load(os.Getenv(sweepRing))
	must(t, err)
	store, err := db.Open(url, keys)
	must(t, err)
	defer store.Close()
	o := ops.New(store, slog.New(slog.DiscardHandler))
	o.Node, o.SweepBatch = "killed", 3
	anna := policy.Actor{ID: 6, Role: policy.Admin, Held: []policy.Role{policy.Admin}, Session: "x"}
	_, err = o.RunJob(context.Background(), anna, "retention.sweep", false)
	must(t, err)
}

// Killed at any point, nobody is half gone, and the next node does the rest.
func TestRetention_killed(t *testing.T) {
	ring := filepath.Join(t.TempDir(), "keyring")
	keys, err := seal.Create(ring)
	must(t, err)
	dbtest.New(t)
	a := newAttic(t, deskOn(t, dbtest.Node(t, keys)))
	a.agree(t)
	a.wait(t, "0")
	if a.anna.ID != 6 {
		t.Fatalf("the admin is %d", a.anna.ID)
	}
	seen := 0
	for _, at := range []int{1, 7} { // so many erased, when it is killed
		dbtest.Exec(t, `update job_runs set beat_at = beat_at - interval '1 hour' where job = 'retention.sweep'`)
		cmd := exec.Command("/proc/self/exe", "-test.run=^TestSweepProcess$")
		cmd.Env = append(os.Environ(), sweepURL+"="+dbtest.LoginURL(t), sweepRing+"="+ring)
		must(t, cmd.Start())
		for deadline := time.Now().Add(20 * time.Second); seen < at && time.Now().Before(deadline); {
			seen = len(erasedIDs(t)) // another connection each: a pause of itself
		}
		must(t, cmd.Process.Kill())
		_ = cmd.Wait() // was killed
		a.whole(t)
	}
	if seen == len(a.due) {
		t.Fatal("it was never killed in the middle")
	}
	a.sweep(t)
	a.whole(t)
	if got := erasedIDs(t); !slices.Equal(got, a.due) {
		t.Errorf("erased %v, want %v", got, a.due)
	}
}

// whole says that everybody is there, or gone: nobody half.
func (a attic) whole(t *testing.T) {
	t.Helper()
	gone := erasedIDs(t)
	for column, n := range rowsOf(t, gone...) {
		if n != 0 && !afterErasure[column] {
			t.Errorf("%s: %d rows of who is gone", column, n)
		}
	}
	for _, id := range a.ids {
		_, err := a.GetCustomer(t.Context(), a.pieter, id)
		if absent := policy.KindOf(err) == policy.Absent; absent != slices.Contains(gone, id) || err != nil && !absent {
			t.Errorf("customer %d: %v, erased %v", id, err, slices.Contains(gone, id))
		}
	}
}
