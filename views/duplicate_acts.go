package views

import (
	"context"

	"balie/db"
	"balie/policy"
)

// DuplicateActs are those on customers that look like one.
type DuplicateActs interface {
	Duplicates(context.Context, policy.Actor, db.Customer) ([]db.Twin, error)
}
