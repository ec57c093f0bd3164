package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// A firm of a million customers has so many open deals, and so many invoices in
// three years; a smaller one fewer.
const (
	openDeals   = 50_000
	allInvoices = 200_000
	homeTries   = 40
)

// asked is one question of a first screen.
type asked struct {
	name string
	ask  func(context.Context) error
}

// home measures first screens: all that a role's asks, at once as the screen
// does, audit rows and commits included.
func (h *House) home(ctx context.Context) ([]Figure, error) {
	deals, invoices, err := h.grow(ctx)
	if err != nil {
		return nil, err
	}
	var out []Figure
	for _, who := range []policy.Actor{h.Sales, h.Manager, h.Finance, h.Privacy, h.Admin, h.Auditor} {
		f, err := h.homeOf(ctx, who)
		if err != nil {
			return nil, fmt.Errorf("first screen of %s: %w", who.Role, err)
		}
		out = append(out, f)
	}
	out[0].What += fmt.Sprintf(" (%d open deals, %d invoices)", deals, invoices)
	return out, nil
}

func (h *House) homeOf(ctx context.Context, who policy.Actor) (f Figure, err error) {
	questions := h.questions(who)
	var whole times
	single := make([]times, len(questions))
	for range homeTries {
		err := whole.timed(func() error {
			group, ctx := errgroup.WithContext(ctx)
			for i, q := range questions {
				group.Go(func() error { return single[i].timed(func() error { return q.ask(ctx) }) })
			}
			return group.Wait()
		})
		if err != nil {
			return f, err
		}
	}
	slowest := 0
	for i := range single {
		if single[i].at(.5) > single[slowest].at(.5) {
			slowest = i
		}
	}
	return Figure{
		What: fmt.Sprintf("first screen of %s", who.Role), Got: whole.String(), Target: "≤ 50 ms",
		Beside: fmt.Sprintf("slowest of %d questions: %s, p50 %s", len(questions), questions[slowest].name, short(single[slowest].at(.5))),
	}, nil
}

// questions are what the screen asks.
func (h *House) questions(who policy.Actor) []asked {
	o := h.Ops
	all := []asked{{"what waits", func(ctx context.Context) error { _, err := o.Attention(ctx, who); return err }}}
	add := func(name string, ask func(context.Context) error) { all = append(all, asked{name, ask}) }
	if policy.Can(who, policy.CustomerList, policy.Resource{}) == nil {
		add("active last", func(ctx context.Context) error {
			_, err := o.FindCustomers(ctx, who, db.Query{Sort: db.ByActivity, Limit: 50})
			return err
		})
		add("to decide on", func(ctx context.Context) error { _, err := o.ListLeaving(ctx, who); return err })
	}
	if policy.Can(who, policy.DealCreate, policy.Resource{}) == nil {
		add("tasks", func(ctx context.Context) error {
			_, _, err := o.ListTasks(ctx, who, db.TaskQuery{Span: policy.TasksWeek})
			return err
		})
		add("pipeline", func(ctx context.Context) error { _, err := o.PipelineSums(ctx, who); return err })
	}
	switch who.Role {
	case policy.Sales:
		add("by status", func(ctx context.Context) error { _, err := o.CountOwn(ctx, who); return err })
		add("who to call", func(ctx context.Context) error { _, err := o.WhoToCall(ctx, who); return err })
	case policy.Manager:
		add("the team", func(ctx context.Context) error { _, err := o.TeamFigures(ctx, who); return err })
	case policy.Finance:
		add("books", func(ctx context.Context) error { _, err := o.InvoiceBooks(ctx, who); return err })
	case policy.Admin:
		add("people", func(ctx context.Context) error { _, err := o.ListPeople(ctx, who); return err })
		add("refused", func(ctx context.Context) error {
			_, err := o.ListLog(ctx, who, db.LogQuery{Act: policy.SignInBad, Since: time.Now().AddDate(0, 0, -1), Limit: 100})
			return err
		})
	case policy.Auditor:
		add("counts", func(ctx context.Context) error { _, err := o.CustomerCounts(ctx, who); return err })
	}
	return all
}

// grow gives the firm the deals and invoices that it lacks, once, and says how
// many there are.
func (h *House) grow(ctx context.Context) (deals, invoices int, err error) {
	owner, err := pgx.Connect(ctx, h.OwnerURL)
	if err != nil {
		return 0, 0, err
	}
	defer owner.Close(context.WithoutCancel(ctx)) //nolint:errcheck // nothing is left open
	var customers int
	count := `select (select count(*) from customers), (select count(*) from deals where closed_at is null), (select count(*) from invoices)`
	if err := owner.QueryRow(ctx, count).Scan(&customers, &deals, &invoices); err != nil {
		return 0, 0, err
	}
	if err := h.addDeals(ctx, min(openDeals, customers/20)-deals); err != nil {
		return 0, 0, fmt.Errorf("add deals: %w", err)
	}
	if missing := min(allInvoices, customers/5) - invoices; missing > 0 {
		h.Say(fmt.Sprintf("adding %d invoices", missing))
		if _, err := owner.Exec(ctx, cloneInvoices, missing, h.Admin.ID); err != nil {
			return 0, 0, fmt.Errorf("add invoices: %w", err)
		}
	}
	if _, err := owner.Exec(ctx, "vacuum analyze deals, invoices, stages, tasks, activities"); err != nil {
		return 0, 0, err
	}
	return deals, invoices, owner.QueryRow(ctx, count).Scan(&customers, &deals, &invoices)
}

// Invoices of three years in a series of their own, one in ten still open. No
// first screen opens one, so what would be sealed is only as long.
const cloneInvoices = `insert into invoices (id, scope, series, year, number, issued_on, due_on, kept_through, net, tax, total, paid,
	created_at, created_by, updated_at, request, head, body)
select nextval('subject_ids'), 0, 'B', extract(year from day), row_number() over (partition by extract(year from day) order by day, n) + (select coalesce(max(number), 0) from invoices where series = 'B'),
	day, day + 30, day + 2600, net, net * 21 / 100, net + net * 21 / 100, case when n % 10 = 0 then 0 else net + net * 21 / 100 end,
	now(), $2, now(), gen_random_uuid(), decode(repeat('5a', 160), 'hex'), decode(repeat('a5', 900), 'hex')
from (select n, current_date - (n * 1000 / $1)::int as day, 10000 + (n * 7919 % 90000)::bigint * 10 as net from generate_series(1, $1::int) n) x`

// addDeals writes real deals, each sealed under its customer's key.
func (h *House) addDeals(ctx context.Context, n int) error {
	if n <= 0 {
		return nil
	}
	h.Say(fmt.Sprintf("adding %d deals", n))
	q := db.Query{Sort: db.ByActivity, Limit: 1000}
	for n > 0 {
		page, err := h.Ops.FindCustomers(ctx, h.Manager, q)
		if err != nil || len(page.Rows) == 0 {
			return err
		}
		group, inside := errgroup.WithContext(ctx)
		group.SetLimit(8)
		for _, r := range page.Rows {
			if r.Restricted || n <= 0 {
				continue
			}
			n--
			group.Go(func() error {
				_, err := h.Ops.CreateDeal(inside, h.Manager, someDeal(r.ID), false, ops.NewRequestKey())
				return err
			})
		}
		if err := group.Wait(); err != nil {
			return err
		}
		q.After = page.Next
	}
	return nil
}

func someDeal(customer int64) db.Deal {
	d := db.Deal{Customer: customer, Stage: 1 + rand.Int32N(3), Value: policy.Cents(rand.IntN(5_000_000)), StageSince: time.Now().AddDate(0, 0, -rand.IntN(60))}
	d.Title, d.Next = text.New("Dakkapel"), text.New("offerte nabellen")
	d.Expected = policy.Day(time.Now().AddDate(0, 0, rand.IntN(200)-20))
	return d
}
