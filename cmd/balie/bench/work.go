package bench

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// sessions open customers at the same time, each one every beat; then as fast
// as they can.
const sessions = 16

// open measures opening a customer whole, with its audit row.
func (h *House) open(ctx context.Context) ([]Figure, error) {
	ids, err := h.someIDs(ctx)
	if err != nil {
		return nil, err
	}
	// First as fast as they can: a connection of the pool plans its queries once.
	flat, took, err := h.openings(ctx, ids, time.Microsecond, 100)
	if err != nil {
		return nil, err
	}
	paced, _, err := h.openings(ctx, ids, beat, 40)
	return []Figure{{
		What: fmt.Sprintf("open a customer, %d sessions, each one every %s", sessions, short(beat)), Got: paced.String(), Target: "p99 ≤ 15 ms",
		Beside: fmt.Sprintf("as fast as they can: %s, %.0f/s", flat, float64(len(flat))/took.Seconds()),
	}}, err
}

func (h *House) openings(ctx context.Context, ids []int64, every time.Duration, each int) (all times, took time.Duration, err error) {
	var mu sync.Mutex
	start := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	for i := range sessions {
		group.Go(func() error {
			time.Sleep(time.Duration(i) * every / sessions)
			tick := time.NewTicker(every)
			defer tick.Stop()
			var t times
			for range each {
				<-tick.C
				err := t.timed(func() error {
					_, err := h.Ops.ViewCustomer(ctx, h.Privacy, ids[rand.IntN(len(ids))])
					return err
				})
				if err != nil {
					return err
				}
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, t...)
			return nil
		})
	}
	err = group.Wait()
	return all, time.Since(start), err
}

func (h *House) someIDs(ctx context.Context) ([]int64, error) {
	var ids []int64
	q := db.Query{Sort: db.ByActivity, Limit: 1000}
	for range 5 {
		page, err := h.Ops.FindCustomers(ctx, h.Privacy, q)
		if err != nil {
			return nil, err
		}
		for _, r := range page.Rows {
			ids = append(ids, r.ID)
		}
		q.After = page.Next
	}
	return ids, nil
}

// importRows is the size of the imported file.
const importRows = 200_000

// imports measures reading a file in as a salesperson does, and the rebuild of
// the search rows that follows; then it takes the import back.
func (h *House) imports(ctx context.Context) ([]Figure, error) {
	file, err := ops.NewSpool(bytes.NewReader(addressBook(importRows)), 1<<30)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	in := ops.Import{Source: text.New("benchmark"), Ground: policy.Ground{Purpose: policy.Quotes, Basis: policy.Contract}}
	var written time.Duration
	var total int
	start := time.Now()
	report, err := h.Ops.RunImport(ctx, h.Sales, file, in, func(done, of int) {
		if of == importRows {
			written = time.Since(start)
		}
		total = max(total, of)
	})
	if err != nil {
		return nil, err
	}
	whole := time.Since(start)
	_, err = h.Ops.RevertImport(ctx, h.Sales, report.ID)
	return []Figure{
		{What: "import, rows written", Got: rate(report.Created, written), Target: "≥ 20,000 rows/s"},
		{What: fmt.Sprintf("search rebuilt after it, of %d customers", total), Got: rate(total, whole-written)},
	}, err
}

func rate(n int, d time.Duration) string {
	return fmt.Sprintf("%.0f/s (%d in %.1f s)", float64(n)/d.Seconds(), n, d.Seconds())
}

func addressBook(n int) []byte {
	var b bytes.Buffer
	b.WriteString("voornaam;tussenvoegsel;achternaam;e-mail;telefoon;straat;postcode;plaats\n")
	run := lower(6) // else a second run would find only duplicates
	for i := range n {
		fmt.Fprintf(&b, "Jan;van;%s%d;%s%d@%[3]s.example;;Dorpsstraat %[5]d;3511 AA;Utrecht\n", lower(6), i, run, i, i%200+1)
	}
	return b.Bytes()
}
