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

// TestAttach_late: what hangs on a customer who came into sight between two
// statements is left, and what hangs on the others isn't.
func TestAttach_late(t *testing.T) {
	cs := []opened{{Customer: Customer{ID: 1}}}
	err := (&Store{}).attach(cs, wholeRows{
		grounds: []groundRow{{CustomerID: 2, Purpose: "quotes", Basis: "contract"}, {CustomerID: 1, Purpose: "quotes", Basis: "contract"}},
		tags:    []tagLink{{CustomerID: 2, TagID: 3}}, members: []memberRow{{ContactID: 2, CompanyID: 4}},
	})
	if err != nil || len(cs[0].Grounds) != 1 || len(cs[0].Tags)+len(cs[0].Companies) != 0 {
		t.Errorf("%+v: %v", cs[0].Customer, err)
	}
}
