package ops

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"balie/db"
	"balie/ops/pasted"
	"balie/policy"
	"balie/policy/text"
)

// MailRead is a pasted mail as an activity, not kept yet.
type MailRead struct {
	db.Activity
	Known   bool // the customer, or one who belongs to it, wrote or got it
	Undated bool // when is not understood, and stands for now
	Cut     bool // its text is longer than what is kept
}

// ReadMail reads a mail that was pasted with its headers, as an activity of a
// customer. Who of the customer's wrote or got it is named as the books have it.
func (o *Ops) ReadMail(ctx context.Context, actor policy.Actor, customer int64, r io.Reader) (m MailRead, err error) {
	now, err := o.Store.Wall(ctx)
	if err != nil {
		return m, err
	}
	mail, err := pasted.Read(r, now.Location())
	if err != nil {
		return m, err
	}
	m.Customer, m.Deed, m.At, m.Subject = customer, policy.DeedMail, mail.At, mail.Subject.Cut(maxField/utf8.UTFMax)
	if m.Undated = m.At.IsZero(); m.Undated {
		m.At = now
	}
	m.Text, m.Cut = cutBlock(mail.Text, maxNote)
	err = o.act(ctx, actor, policy.ActivityView, policy.Resource{}, func(tx *db.Tx) error {
		theirs, err := reachable(ctx, tx, customer)
		tx.Saw(m.meets(mail, theirs)...)
		return err
	})
	return m, err
}

// cutBlock keeps as many bytes of a text, and says whether that is less.
func cutBlock(b text.Block, most int) (text.Block, bool) {
	s := b.String()
	if len(s) <= most {
		return b, false
	}
	return text.NewBlock(strings.ToValidUTF8(s[:most-len("\n…")], "") + "\n…"), true
}

// reachable are by mail address a customer, the people of a company, and the
// companies of a person.
func reachable(ctx context.Context, tx *db.Tx, customer int64) (map[string]db.Customer, error) {
	all, err := tx.GetWithLinked(ctx, customer)
	by := map[string]db.Customer{}
	for _, c := range slices.Backward(all) { // who it is about comes first, and so wins
		for _, m := range c.Mails {
			by[policy.MailKey(m.Value.String())] = c
		}
	}
	return by, err
}

// meets tells who of theirs wrote and got the mail.
func (m *MailRead) meets(mail pasted.Mail, theirs map[string]db.Customer) (ids []int64) {
	var names []string
	for i, a := range slices.Concat(mail.From, mail.To) {
		c, ok := theirs[a.Mail]
		if !ok || slices.Contains(ids, c.ID) {
			continue
		}
		if m.Way == "" {
			m.Way = policy.WayOut
		}
		if i < len(mail.From) {
			m.Way = policy.WayIn
		}
		ids, names = append(ids, c.ID), append(names, c.Name().String())
	}
	if m.Known = len(ids) > 0; !m.Known && len(mail.From) > 0 {
		names = []string{cmp.Or(mail.From[0].Name.String(), mail.From[0].Mail)}
	}
	m.People = text.New(strings.Join(names, ", ")).Cut(maxField / utf8.UTFMax)
	return ids
}
