package views

import (
	"context"

	"balie/db"
	"balie/policy"
)

// ConsentActs are those on purposes, consents and mailing lists.
type ConsentActs interface {
	ListPurposes(context.Context, policy.Actor) ([]db.Purpose, error)
}
