package views

import (
	"context"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// Acts are the acts that screens perform, all of *ops.Ops; an interface so that
// a screen's test needs no database.
type Acts interface {
	CustomerActs
	ImportActs
	PeopleActs
	JobActs
	ApprovalActs
	KeyActs
	ReviewActs
	InvoiceActs
	TaskActs
	ActivityActs
	DealActs
	DuplicateActs
	RequestActs
	ConsentActs
	FieldActs
	ErasureActs
	RetentionActs
	ViewActs
	RegisterActs
	HygieneActs
}

var _ Acts = (*ops.Ops)(nil)

// CustomerActs are those on customers.
type CustomerActs interface {
	FindCustomers(context.Context, policy.Actor, db.Query) (db.Page, error)
	ViewCustomer(context.Context, policy.Actor, int64) (ops.Sight, error)
	GetCustomer(context.Context, policy.Actor, int64) (db.Customer, error)
	CreateCustomer(context.Context, policy.Actor, db.Customer, ops.RequestKey) (db.Customer, error)
	UpdateCustomer(context.Context, policy.Actor, db.Customer, ops.RequestKey) (db.Customer, error)
	UndoChange(ctx context.Context, actor policy.Actor, id int64, version int, before db.Customer, request ops.RequestKey) (db.Customer, error)
	HandOver(ctx context.Context, actor policy.Actor, ids []int64, to int32) ([]int64, error)
	TakeBack(ctx context.Context, actor policy.Actor, back []db.Back, holder int32) (int, error)
	Retag(ctx context.Context, actor policy.Actor, ids []int64, tag int32, on bool) ([]int64, error)
	UndoRetag(ctx context.Context, actor policy.Actor, ids []int64, tag int32, on bool) (int, error)
	CustomerHistory(context.Context, policy.Actor, int64) ([]db.Past, error)
	AddNote(ctx context.Context, actor policy.Actor, customer int64, body text.Block, private bool, request ops.RequestKey) (db.Note, error)
	CountOwn(context.Context, policy.Actor) (map[policy.Status]int64, error)
	ListLeaving(context.Context, policy.Actor) ([]db.Row, error)
	LookAtRows(ctx context.Context, actor policy.Actor, ids []int64) ([]db.Row, error)
	WhoToCall(context.Context, policy.Actor) (ops.Calls, error)
	CustomerCounts(context.Context, policy.Actor) ([]db.Count, error)
	ListTags(context.Context, policy.Actor) ([]db.Tag, error)
}
