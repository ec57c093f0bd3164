package sample

import (
	"context"
	"fmt"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// registered are entries of the registers of the sample firm.
var registered = []struct {
	register policy.Register
	values   map[string]string
}{
	{policy.Inventory, map[string]string{
		"name": "Mailarchief", "data": "mail met klanten", "owner": "Anna", "how": "zoek op mailadres en naam, exporteer of wis wat gevonden wordt",
	}},
	{policy.Inventory, map[string]string{
		"name": "Boekhoudpakket", "data": "namen en adressen op oude facturen", "owner": "Fatima", "how": "debiteurenkaart opzoeken; facturen blijven zeven jaar",
	}},
	{policy.Processors, map[string]string{
		"name": "Postbode BV", "service": "hosting van mail", "data": "mailadressen en mail van klanten", "stored": "NL", "controlled": "NL", "agreed": "2025-03-01",
	}},
	{policy.Recipients, map[string]string{"name": "Belastingdienst", "data": "facturen", "why": "belasting", "country": "NL"}},
}

// Registers fills in registers as an officer would.
func Registers(ctx context.Context, o *ops.Ops, officer policy.Actor) error {
	for _, r := range registered {
		e := db.RegisterEntry{Register: r.register, Values: policy.Values{}}
		for name, value := range r.values {
			e.Values[name] = text.NewBlock(value)
		}
		if _, err := o.WriteEntry(ctx, officer, e, ops.NewRequestKey()); err != nil {
			return fmt.Errorf("fill in the register of %s: %w", r.register, err)
		}
	}
	return nil
}
