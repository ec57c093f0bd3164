package ops_test

import (
	"context"
	"fmt"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// The acts on fields of the organisation's own, as rows of acts.
func init() {
	acts["ListFields"] = func(ctx context.Context, b bench) error { _, err := b.ListFields(ctx, b.sander); return err }
	acts["SaveField"] = func(ctx context.Context, b bench) error {
		f := policy.Field{Entity: policy.OfPerson, Kind: policy.TextField, Months: 12, Readers: policy.FieldReaders}
		f.Name = text.New(fmt.Sprintf("Field %d", time.Now().UnixNano()))
		f.Ground = policy.Ground{Purpose: policy.Relationship, Basis: policy.Interest}
		_, err := b.SaveField(ctx, b.marit, f, because)
		return err
	}
	acts["FieldCatalogue"] = func(ctx context.Context, b bench) error { _, err := b.FieldCatalogue(ctx, b.arend); return err }
	acts["CountFields"] = func(ctx context.Context, b bench) error { return b.CountFields(ctx, b.marit, func(int) {}) }
	elsewhere = append(elsewhere, "FindField", "DropField")
}
