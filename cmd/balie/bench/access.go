package bench

import (
	"context"
	"fmt"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
	"balie/views"
)

const (
	accessEntries = 1000
	accessTries   = 20
	drillTries    = 50
)

// access measures the answer to a request of somebody with a thousand entries,
// and rehearsals with people by chance.
func (h *House) access(ctx context.Context) ([]Figure, error) {
	request, err := h.asker(ctx)
	if err != nil {
		return nil, err
	}
	var gathered, released, answered, erased times
	entries := 0
	for range accessTries {
		err := gathered.timed(func() error {
			_, err := h.Ops.GatherAccess(ctx, h.Privacy, request, "nl", views.Say)
			return err
		})
		if err != nil {
			return nil, err
		}
		err = released.timed(func() error {
			r, err := h.Ops.ReleaseAccess(ctx, h.Privacy, request, "nl", ops.Closing{}, views.Say)
			entries = r.Entries
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	for range drillTries {
		d, err := h.Ops.RunDrill(ctx, h.Privacy, views.Say)
		if err != nil {
			return nil, err
		}
		if len(d.Wrong) > 0 {
			return nil, fmt.Errorf("a drill was not complete: %q", d.Wrong)
		}
		answered, erased = append(answered, d.Answer), append(erased, d.Erasure)
	}
	return []Figure{
		{What: fmt.Sprintf("archive of one with %d entries, gathered to encrypted", entries), Got: released.String(), Target: "≤ 1 s", Beside: "to look at: " + gathered.String()},
		{What: "drill: answer of one by chance, opened again", Got: answered.String(), Target: "≤ 1 s", Beside: "simulated erasure: " + erased.String()},
	}, nil
}

// asker is a request of a new customer with a thousand entries.
func (h *House) asker(ctx context.Context) (request int64, err error) {
	h.Say(fmt.Sprintf("adding somebody with %d entries", accessEntries))
	c := db.Customer{Kind: policy.Person, Status: policy.Client, Grounds: []policy.Ground{{Purpose: policy.Delivery, Basis: policy.Contract}}}
	c.Given, c.Family = text.New("Ilse"), text.New("Baert-Inzage")
	if c, err = h.Ops.CreateCustomer(ctx, h.Sales, c, ops.NewRequestKey()); err != nil {
		return 0, err
	}
	for n := range accessEntries {
		note := fmt.Sprintf("Belde over offerte %d, komt dinsdag terug; de tekening van de badkamer ligt op de Grote Markt.", n)
		if _, err := h.Ops.AddNote(ctx, h.Sales, c.ID, text.NewBlock(note), false, ops.NewRequestKey()); err != nil {
			return 0, err
		}
	}
	r := db.Request{Kind: policy.Access, Channel: "mail", Received: policy.DateOf(time.Now()), Subject: c.ID}
	r.From, r.Language = text.New("Ilse Baert-Inzage"), text.New("nl")
	made, err := h.Ops.RecordRequest(ctx, h.Privacy, r, ops.NewRequestKey())
	if err != nil {
		return 0, err
	}
	_, err = h.Ops.IdentifyRequest(ctx, h.Privacy, made.ID, 0, true, text.NewBlock("order number"), text.NewBlock("12"))
	if err != nil {
		return 0, err
	}
	return made.ID, h.lookedAt(ctx, made.ID)
}

// lookedAt keeps whatever may be a name, so that the answer can go.
func (h *House) lookedAt(ctx context.Context, request int64) error {
	a, err := h.Ops.GatherAccess(ctx, h.Privacy, request, "nl", views.Say)
	if err != nil {
		return err
	}
	var open []db.Stretch
	for _, t := range a.Texts {
		for _, m := range t.Marks {
			open = append(open, m.Stretch)
		}
	}
	if len(open) == 0 {
		return nil
	}
	return h.Ops.MarkAccess(ctx, h.Privacy, request, open, false)
}
