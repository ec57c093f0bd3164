package sample

import (
	"context"
	"fmt"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// sampleView is a view that a demo user finds.
type sampleView struct {
	list         policy.List
	name, filter string
	shared       bool
}

var (
	salesViews = []sampleView{
		{policy.ContactList, "Stille klanten", "status=customer activity>6mo sort=activity", false},
		{policy.ContactList, "Gent", "city=Gent", false},
		{policy.ContactList, "Leads met mail", "status=lead mail=yes restricted=no", false},
		{policy.DealsList, "Groot, binnenkort", "value>=5000 expected<+60d sort=-value", false},
		{policy.TasksList, "Te bellen", "kind=call due<=today", false},
	}
	managerViews = []sampleView{
		{policy.ContactList, "Nieuw dit kwartaal", "created=this-quarter", true},
		{policy.DealsList, "Zonder volgende stap", "next=empty", true},
	}
	financeViews = []sampleView{
		{policy.InvoicesList, "Te laat, boven 1.000", "state=overdue open>1000", false},
	}
)

// Views gives people of the sample firm views of their lists.
func Views(ctx context.Context, o *ops.Ops, people map[string]policy.Actor) error {
	for login, views := range map[string][]sampleView{"sander": salesViews, "marit": managerViews, "fatima": financeViews} {
		actor, ok := people[login]
		if !ok {
			continue
		}
		for _, s := range views {
			v := db.View{List: s.list, Shared: s.shared}
			v.Name, v.Filter = text.New(s.name), s.filter
			if _, err := o.SaveView(ctx, policy.Wears(actor, policy.ViewSave), v); err != nil {
				return fmt.Errorf("keep the view %s: %w", s.name, err)
			}
		}
	}
	return nil
}
