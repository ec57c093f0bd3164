package views

import (
	"context"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// InvoiceActs are those on invoices.
type InvoiceActs interface {
	ListInvoices(context.Context, policy.Actor, db.InvoiceQuery) (db.InvoicePage, time.Time, error)
	ViewInvoice(ctx context.Context, actor policy.Actor, id int64) (ops.InvoiceSight, error)
	CreateInvoice(context.Context, policy.Actor, db.Invoice, ops.RequestKey) (db.Invoice, error)
	UpdateInvoice(context.Context, policy.Actor, db.Invoice) error
	DropInvoice(ctx context.Context, actor policy.Actor, id int64) error
	IssueInvoice(ctx context.Context, actor policy.Actor, id int64, version int32) (db.Invoice, error)
	CreditInvoice(ctx context.Context, actor policy.Actor, id int64, request ops.RequestKey) (db.Invoice, error)
	PayInvoice(ctx context.Context, actor policy.Actor, id int64, p db.Payment, request ops.RequestKey) error
	AskInvoice(ctx context.Context, actor policy.Actor, customer int64, subject text.Line, remark text.Block, request ops.RequestKey) error
	InvoiceStatus(ctx context.Context, actor policy.Actor, customer int64) ([]db.Settlement, error)
	InvoiceBooks(context.Context, policy.Actor) (ops.Books, error)
}
