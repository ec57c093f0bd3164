package db

import (
	"strings"
	"testing"
)

// TestNarrowed: what is asked of one customer leaves nothing open; opening one took
// as long as reading the deals of all.
func TestNarrowed(t *testing.T) {
	for sql, open := range map[string]string{
		openDeals: dealsOfAny, openWholeDeals: dealsOfAny, closedDeals: dealsOfAny, closedWholeDeals: dealsOfAny, listInvoices: invoicesOfAny,
	} {
		got := narrowed(sql, open, 7)
		if strings.Contains(got, open) || !strings.Contains(got, ".customer_id = $") || strings.Count(got, "(") != strings.Count(got, ")") {
			t.Errorf("%s", got)
		}
		if narrowed(sql, open, 0) != sql {
			t.Errorf("of all: %s", narrowed(sql, open, 0))
		}
	}
}
