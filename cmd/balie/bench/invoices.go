package bench

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// Sixteen people issue so many invoices each, at the same time.
const (
	issuers    = 16
	issuesEach = 25
)

// letterhead is what no invoice is issued without.
var letterhead = map[policy.SettingKey]policy.SettingValue{
	policy.OrgName: "Balie Bouw BV", policy.OrgStreet: "Dorpsstraat 1", policy.OrgPostcode: "1234 AB", policy.OrgCity: "Utrecht",
	policy.OrgVAT: "BE0403170701", policy.OrgIBAN: "NL91ABNA0417164300",
}

// issuing measures how fast invoices get their numbers, and whether one is left
// out: each waits for the one before it to commit.
func (h *House) issuing(ctx context.Context) ([]Figure, error) {
	for key, value := range letterhead {
		if err := h.Ops.Decide(ctx, h.Admin, key, value, text.New("benchmark")); err != nil {
			return nil, err
		}
	}
	drafts, err := h.drafts(ctx, issuers*issuesEach)
	if err != nil {
		return nil, err
	}
	var mu sync.Mutex
	var waits times
	var numbers []int
	start := time.Now()
	group, inside := errgroup.WithContext(ctx)
	for own := range slices.Chunk(drafts, issuesEach) {
		group.Go(func() error {
			for _, d := range own {
				began := time.Now()
				i, err := h.Ops.IssueInvoice(inside, h.Finance, d.ID, d.Version)
				if err != nil {
					return err
				}
				mu.Lock()
				waits, numbers = append(waits, time.Since(began)), append(numbers, int(i.Number))
				mu.Unlock()
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	took := time.Since(start)
	return []Figure{{
		What: fmt.Sprintf("invoices issued by %d at once", issuers), Got: fmt.Sprintf("%s, %s", rate(len(numbers), took), waits), Target: "no gap",
		Beside: fmt.Sprintf("%d gaps in %d numbers", gaps(numbers), len(numbers)),
	}}, nil
}

// gaps is how many numbers are missing, or there twice.
func gaps(numbers []int) (n int) {
	slices.Sort(numbers)
	for i := 1; i < len(numbers); i++ {
		if numbers[i] != numbers[i-1]+1 {
			n++
		}
	}
	return n
}

func (h *House) drafts(ctx context.Context, n int) ([]db.Invoice, error) {
	all := make([]db.Invoice, n)
	for i := range all {
		d := db.Invoice{}
		d.Debtor, d.Subject = text.New("Kuipers Timmerwerk"), text.New("dakkapel")
		d.Address = db.Address{Street: text.New("Dorpsstraat 2"), Postcode: text.New("1234 AB"), City: text.New("Utrecht"), Country: text.New("NL")}
		d.Lines = []db.InvoiceLine{{Text: text.New("dakkapel"), InvoiceLine: policy.InvoiceLine{Quantity: 1000, Price: 8_400_00, VAT: policy.VATHigh}}}
		made, err := h.Ops.CreateInvoice(ctx, h.Finance, d, ops.NewRequestKey())
		if err != nil {
			return nil, err
		}
		all[i] = made
	}
	return all, nil
}
