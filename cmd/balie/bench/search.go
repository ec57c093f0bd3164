package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"balie/db"
	"balie/db/seal"
	"balie/policy"
)

// perPrefix is how many searches are made for each length of prefix, role and
// rarity.
const perPrefix = 500

// search measures search as one types: prefixes of 1 to 6 letters of common and
// rare names, decryption, recheck, audit row and commit included.
func (h *House) search(ctx context.Context) ([]Figure, error) {
	common, rare, err := h.words(ctx)
	if err != nil {
		return nil, err
	}
	plain, err := h.plain(ctx)
	if err != nil {
		return nil, err
	}
	defer plain.close(ctx)
	var out []Figure
	for _, who := range []policy.Actor{h.Privacy, h.Sales} {
		for kind, words := range map[string][]string{"common": common, "rare": rare} {
			figures, err := h.searchAs(ctx, who, kind, words, plain)
			if err != nil {
				return nil, err
			}
			out = append(out, figures...)
		}
	}
	slices.SortFunc(out, func(a, b Figure) int { return strings.Compare(a.What, b.What) })
	return out, nil
}

func (h *House) searchAs(ctx context.Context, who policy.Actor, kind string, words []string, plain *plain) ([]Figure, error) {
	var out []Figure
	for length := 1; length <= 6; length++ {
		var ours, theirs times
		for i := range perPrefix + perPrefix/20 {
			prefix := beginning(words[rand.IntN(len(words))], length)
			var err error
			if i < perPrefix {
				err = ours.timed(func() error {
					_, err := h.Ops.FindCustomers(ctx, who, db.Query{Text: prefix, Limit: 50})
					return err
				})
			} else {
				err = theirs.timed(func() error { return plain.search(ctx, who, prefix) })
			}
			if err != nil {
				return nil, err
			}
		}
		out = append(out, Figure{
			What: fmt.Sprintf("search as %s, %s prefix of %d", who.Role, kind, length),
			Got:  ours.String(), Target: "p99 ≤ 10 ms",
			Beside: fmt.Sprintf("plain table with pg_trgm: p50 %s, %s", short(theirs.at(.5)), ratio(ours, theirs)),
		})
	}
	return out, nil
}

func beginning(word string, n int) string {
	r := []rune(word)
	return string(r[:min(n, len(r))])
}

// words are family names that many have and that hardly anybody has.
func (h *House) words(ctx context.Context) (common, rare []string, err error) {
	count := map[string]int{}
	q := db.Query{Sort: db.ByActivity, Limit: 1000}
	for range 5 {
		page, err := h.Ops.FindCustomers(ctx, h.Privacy, q)
		if err != nil {
			return nil, nil, err
		}
		for _, r := range page.Rows {
			for _, w := range seal.Words(r.Family.String()) {
				count[w]++
			}
		}
		q.After = page.Next
	}
	byCount := make([]string, 0, len(count))
	for w := range count {
		byCount = append(byCount, w)
	}
	slices.SortFunc(byCount, func(a, b string) int { return count[b] - count[a] })
	n := max(1, len(byCount)/10)
	return byCount[:n], byCount[len(byCount)-n:], nil
}

// list measures a page in each order.
func (h *House) list(ctx context.Context) ([]Figure, error) {
	var out []Figure
	for _, who := range []policy.Actor{h.Privacy, h.Sales} {
		for _, sort := range []db.Sort{db.ByName, db.ByActivity} {
			t, err := h.pages(ctx, who, sort)
			if err != nil {
				return nil, err
			}
			// A connection's first pages plan their queries and meet its memory.
			first, rest := t[:50], t[50:]
			out = append(out, Figure{
				What: fmt.Sprintf("page by %s as %s", sort, who.Role), Got: rest.String(), Target: "p99 ≤ 10 ms",
				Beside: "the first 50: " + first.String(),
			})
		}
	}
	return out, nil
}

// pages walks down a list.
func (h *House) pages(ctx context.Context, who policy.Actor, sort db.Sort) (t times, err error) {
	q := db.Query{Sort: sort, Limit: 50}
	for range 250 {
		err := t.timed(func() error {
			page, err := h.Ops.FindCustomers(ctx, who, q)
			q.After = page.Next
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return t, nil
}
