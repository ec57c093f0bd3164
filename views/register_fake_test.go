package views

import (
	"context"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

func (f *fakeActs) ListRegister(_ context.Context, _ policy.Actor, register policy.Register) ([]ops.RegisterSight, error) {
	values := policy.Values{"name": text.NewBlock("laptop lost"), "aware": text.NewBlock("2026-04-02 16:20"), "facts": text.NewBlock("in a train")}
	e := db.RegisterEntry{ID: 1, Version: 1, Register: register, Values: values}
	return []ops.RegisterSight{{RegisterEntry: e, State: policy.BreachRuns}}, f.did("ListRegister")
}

func (f *fakeActs) WriteEntry(_ context.Context, _ policy.Actor, e db.RegisterEntry, _ ops.RequestKey) (int64, error) {
	return e.ID, f.did("WriteEntry")
}

func (f *fakeActs) ListDocuments(context.Context, policy.Actor) ([]ops.DocumentSight, error) {
	d := db.Document{Kind: policy.Statement, Language: "nl", Version: 1, At: time.Now(), Body: "old"}
	return []ops.DocumentSight{{Document: d, Live: "# Privacyverklaring\n\nNieuw.", Differs: true}}, f.did("ListDocuments")
}

func (f *fakeActs) PublishDocument(context.Context, policy.Actor, policy.Document) error {
	return f.did("PublishDocument")
}
