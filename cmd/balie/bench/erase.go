package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// erasedOnes is how many are erased one by one, who came for it.
const erasedOnes = 300

// erase measures erasing one person for good: keys, rows, search rows, suppression
// list, certificate and log.
func (h *House) erase(ctx context.Context) ([]Figure, error) {
	ids, err := h.guests(ctx, erasedOnes)
	if err != nil {
		return nil, err
	}
	var looked, erased times
	for _, id := range ids {
		if err := looked.timed(func() error { _, err := h.Ops.PlanErasure(ctx, h.Privacy, id); return err }); err != nil {
			return nil, err
		}
		if err := erased.timed(func() error { _, err := h.Ops.Erase(ctx, h.Privacy, id); return err }); err != nil {
			return nil, err
		}
	}
	return []Figure{
		{What: "erase one person, with the certificate", Got: erased.String(), Target: "p99 ≤ 250 ms", Beside: "the preview before it: " + looked.String()},
	}, nil
}

// guests are customers with a note, an activity and something to do.
func (h *House) guests(ctx context.Context, n int) (ids []int64, err error) {
	for i := range n {
		c := db.Customer{Kind: policy.Person, Status: policy.Lead, Grounds: []policy.Ground{{Purpose: policy.Quotes, Basis: policy.Contract}}}
		c.Given, c.Family = text.New("Gast"), text.New(fmt.Sprintf("Proef%d", i))
		c.Mails = []db.Labelled{{Value: text.New(fmt.Sprintf("gast%d@%s.example", i, lower(6)))}}
		c.Phones = []db.Labelled{{Value: text.New(fmt.Sprintf("06 1%07d", rand.IntN(1e7)))}} // another's was erased in an earlier run
		if c, err = h.Ops.CreateCustomer(ctx, h.Sales, c, ops.NewRequestKey()); err != nil {
			return nil, err
		}
		ids = append(ids, c.ID)
		a := db.Activity{Customer: c.ID, Deed: policy.DeedCall, At: time.Now().Add(-time.Hour), Minutes: 5}
		a.Subject = text.New("benchmark")
		if _, err = h.Ops.AddActivity(ctx, h.Sales, a, ops.NewRequestKey()); err != nil {
			return nil, err
		}
		if _, err = h.Ops.AddNote(ctx, h.Sales, c.ID, text.NewBlock("benchmark"), false, ops.NewRequestKey()); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// Those who are swept come for it, by an import for a purpose that nobody else
// stands on, with a rule of its own: nobody else goes.
const (
	sweptPurpose = policy.Recruitment
	sweptBasis   = policy.Contract
	sweptRule    = policy.RuleKey("benchmark")
	sweptShare   = 10 // one in so many of the firm's customers
)

// sweep measures the nightly sweep, and what the sessions beside it feel.
func (h *House) sweep(ctx context.Context) (figures []Figure, err error) {
	owner, err := pgx.Connect(ctx, h.OwnerURL)
	if err != nil {
		return nil, err
	}
	defer owner.Close(ctx)
	ids, err := h.someIDs(ctx)
	if err != nil {
		return nil, err
	}
	n, err := h.expired(ctx, owner)
	if err != nil {
		return nil, err
	}
	wait, err := h.sweepAtOnce(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, h.decide(ctx, policy.RetentionWait, wait)) }()
	quiet, _, err := h.openings(ctx, ids, beat, 40)
	if err != nil {
		return nil, err
	}
	beside, out, took, err := h.sweepBeside(ctx, ids)
	if err != nil {
		return nil, err
	}
	if out.Counts["erased"] != n {
		return nil, fmt.Errorf("of %d the sweep erased %d", n, out.Counts["erased"])
	}
	return []Figure{
		{What: fmt.Sprintf("sweep of %d expired: put away, then erased", n), Got: rate(n, took), Target: "100,000 in 2 min"},
		{
			What: fmt.Sprintf("open a customer meanwhile, %d sessions", sessions), Got: beside.String(), Target: "p99 ≤ 2× quiet",
			Beside: fmt.Sprintf("quiet: %s; p99 %.1f×", quiet, float64(beside.at(.99))/float64(max(quiet.at(.99), 1))),
		},
	}, nil
}

// expired brings customers in whose term is over, and says how many.
func (h *House) expired(ctx context.Context, owner *pgx.Conn) (int, error) {
	var all int
	if err := owner.QueryRow(ctx, "select count(*) from customers").Scan(&all); err != nil {
		return 0, err
	}
	n := max(all/sweptShare, 1000)
	h.Say(fmt.Sprintf("bringing %d customers in, to be swept", n))
	file, err := ops.NewSpool(bytes.NewReader(addressBook(n)), 1<<30)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	in := ops.Import{Source: text.New("benchmark"), Ground: policy.Ground{Purpose: sweptPurpose, Basis: sweptBasis}}
	report, err := h.Ops.RunImport(ctx, h.Sales, file, in, func(int, int) {})
	if err != nil {
		return 0, err
	}
	_, err = owner.Exec(ctx, "update customers set last_activity = now() - interval '20 years' where import_id = $1", report.ID)
	if err == nil {
		_, err = owner.Exec(ctx, "vacuum analyze customers, bases, search_tokens")
	}
	return report.Created, err
}

// sweepAtOnce agrees to the rule, if no earlier run did, and lets nobody wait.
func (h *House) sweepAtOnce(ctx context.Context) (policy.SettingValue, error) {
	rules, err := h.Ops.Retention(ctx, h.Privacy)
	if err != nil {
		return "", err
	}
	if r, known := db.Schedule(rules).Find(sweptRule); !known || !r.Approved {
		change := ops.RuleChange{Key: sweptRule, Purpose: sweptPurpose, Basis: sweptBasis, Start: policy.FromContact, Term: policy.RetentionTerm{N: 15, Unit: policy.Years}}
		if _, err := h.Ops.ProposeRule(ctx, h.Privacy, change, text.New("benchmark")); err != nil && policy.KindOf(err) != policy.Conflict {
			return "", err
		}
		if err := h.Ops.AnswerRule(ctx, h.Admin, sweptRule, true); err != nil {
			return "", err
		}
	}
	all, err := h.Ops.ListSettings(ctx, h.Admin)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(all, func(s db.Setting) bool { return s.Key == policy.RetentionWait })
	return all[at].Value, h.decide(ctx, policy.RetentionWait, "0")
}

func (h *House) decide(ctx context.Context, key policy.SettingKey, value policy.SettingValue) error {
	return h.Ops.Decide(ctx, h.Admin, key, value, text.New("benchmark"))
}

// sweepBeside sweeps while others go on opening customers.
func (h *House) sweepBeside(ctx context.Context, ids []int64) (beside times, out ops.JobOutcome, took time.Duration, err error) {
	done := make(chan struct{})
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		defer close(done)
		start := time.Now()
		out, err = h.Ops.RunJob(ctx, h.Admin, "retention.sweep", false)
		took = time.Since(start)
		return err
	})
	group.Go(func() error {
		for {
			t, _, err := h.openings(ctx, ids, beat, 10)
			beside = append(beside, t...)
			if err != nil {
				return err
			}
			select {
			case <-done:
				return nil
			default:
			}
		}
	})
	return beside, out, took, group.Wait()
}
