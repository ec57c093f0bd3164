package sample

import (
	"context"
	"fmt"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// sampleRequest is a request that the officer of the demo finds, so many days
// old.
type sampleRequest struct {
	kind    policy.RequestKind
	channel policy.RequestChannel
	ago     int
	asks    string
	steps   []func(context.Context, *ops.Ops, policy.Actor, int64) error
}

var requests = []sampleRequest{
	{policy.Access, "mail", 2, "Welke gegevens heeft u van mij, en wie kreeg ze?", []func(context.Context, *ops.Ops, policy.Actor, int64) error{identified}},
	{policy.Objection, "phone", 0, "Bel mij niet meer met aanbiedingen.", nil},
	{policy.Access, "letter", 26, "Graag een kopie van alles.", []func(context.Context, *ops.Ops, policy.Actor, int64) error{paused}},
	{policy.Rectification, "mail", 36, "Mijn huisnummer is 14, niet 41.", nil},
	{policy.Restriction, "website", 9, "Gebruik mijn gegevens niet tot de klacht is opgelost.", []func(context.Context, *ops.Ops, policy.Actor, int64) error{identified}},
	{policy.Portability, "mail", 40, "Ik stap over, graag mijn gegevens als bestand.", []func(context.Context, *ops.Ops, policy.Actor, int64) error{refused}},
}

func identified(ctx context.Context, o *ops.Ops, officer policy.Actor, id int64) error {
	_, err := o.IdentifyRequest(ctx, officer, id, 0, true, text.NewBlock("ordernummer en postcode"), text.NewBlock("kloppen allebei"))
	return err
}

func paused(ctx context.Context, o *ops.Ops, officer policy.Actor, id int64) error {
	_, err := o.PauseRequest(ctx, officer, id, 0, text.NewBlock("onder welk ordernummer kocht u?"), time.Time{})
	return err
}

func refused(ctx context.Context, o *ops.Ops, officer policy.Actor, id int64) error {
	why := ops.RequestRuling{Decision: policy.Refused, Ground: policy.Unidentified, Why: text.NewBlock("Op drie vragen kwam geen antwoord.")}
	if _, err := o.DecideRequest(ctx, officer, id, 0, why); err != nil {
		return err
	}
	if _, err := o.AnswerRequest(ctx, officer, id, 0, text.NewBlock("brief met de weigering"), text.NewBlock("het adres van het verzoek")); err != nil {
		return err
	}
	_, err := o.CloseRequest(ctx, officer, id, 0)
	return err
}

// Requests has customers ask what data subjects ask, each in another state.
func Requests(ctx context.Context, o *ops.Ops, officer policy.Actor) error {
	officer = officer.For(text.New("sample firm"))
	page, err := o.FindCustomers(ctx, officer, db.Query{Sort: db.ByActivity, Limit: 4 * len(requests)})
	if err != nil {
		return fmt.Errorf("find who asks: %w", err)
	}
	today, err := o.RequestToday(ctx, officer)
	if err != nil {
		return err
	}
	n := 0
	for _, c := range page.Rows {
		if n == len(requests) || c.Restricted || c.Kind != policy.Person {
			continue
		}
		if err := ask(ctx, o, officer, requests[n], c, today); err != nil {
			return fmt.Errorf("record a request for %s: %w", requests[n].kind, err)
		}
		n++
	}
	return nil
}

func ask(ctx context.Context, o *ops.Ops, officer policy.Actor, s sampleRequest, c db.Row, today policy.Date) error {
	r := db.Request{Kind: s.kind, Channel: s.channel, Received: today.Plus(-s.ago), Subject: c.ID}
	r.From, r.Contact, r.Asks, r.Language = c.Name(), c.Mail, text.NewBlock(s.asks), text.New("nl")
	made, err := o.RecordRequest(ctx, officer, r, ops.NewRequestKey())
	for _, step := range s.steps {
		if err == nil {
			err = step(ctx, o, officer, made.ID)
		}
	}
	return err
}
