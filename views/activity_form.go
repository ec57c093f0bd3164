package views

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// deedsDone are the deeds that happen.
var deedsDone = []policy.Deed{policy.DeedCall, policy.DeedMail, policy.DeedMeeting}

// newActivityForm puts right what happened.
func newActivityForm(k *kit, a db.Activity) *shortForm {
	t := &k.t.Activity
	fields := []*field{
		choiceField("kind", k.t.Task.Kind, optionsOf(deedsDone, func(d policy.Deed) string { return k.t.Task.Deeds[d] }), slices.Index(deedsDone, a.Deed)),
		hinted(textField("at", t.When, k.wallTime(a)), k.t.Task.DueHint),
		textField("subject", t.About, a.Subject.String()),
		textField("people", t.People, a.People.String()),
		hinted(textField("minutes", t.Length, strconv.Itoa(a.Minutes)), t.LengthHint),
		textField("outcome", t.Outcome, a.Outcome.String()),
	}
	if oneLine(a.Text) {
		fields = append(fields, textField("text", t.Text, a.Text.String()))
	}
	s := newShortForm(k, t.FormTitle, fields)
	s.about = db.Record{Kind: policy.RecordCustomer, ID: a.Customer}
	s.form.save = func() tea.Cmd {
		changed, err := s.activity(a)
		if err != nil {
			s.form.blame(err)
			return nil
		}
		return submitOr(s, k.mergingActivities(), a, changed, ops.NewRequestKey())
	}
	return s
}

// oneLine says that a text fits a field; a longer one, as of a mail, stays as it
// is.
func oneLine(b text.Block) bool {
	return len(b.String()) <= maxInput && !strings.Contains(b.String(), "\n")
}

func (k *kit) wallTime(a db.Activity) string { return a.At.In(k.Zone).Format("2006-01-02 15:04") }

// activity is the activity as the form has it.
func (s *shortForm) activity(a db.Activity) (db.Activity, error) {
	if value := s.form.value("at"); value != s.kit.wallTime(a) {
		now := s.kit.Now().In(s.kit.Zone)
		due, err := policy.ParseDue(value, now)
		if err != nil {
			return a, policy.Errorf(policy.Invalid, "%s", s.kit.sentence(err)).On("at")
		}
		a.At = policy.Quick{Due: due}.At(now)
	}
	minutes, err := strconv.Atoi(cmpOr(s.form.value("minutes"), "0"))
	if err != nil {
		return a, policy.Errorf(policy.Invalid, s.kit.t.Activity.Minutes).On("minutes")
	}
	a.Minutes, a.Deed = minutes, deedsDone[s.form.field("kind").chosen]
	a.Subject, a.People, a.Outcome = text.New(s.form.value("subject")), text.New(s.form.value("people")), text.New(s.form.value("outcome"))
	if s.form.field("text") != nil {
		a.Text = text.NewBlock(s.form.value("text"))
	}
	return a, nil
}

func (k *kit) mergingActivities() merging[db.Activity] {
	acts := k.Ops
	return merging[db.Activity]{
		fields: fixed(db.ActivityFields), title: k.activityTitle, label: k.activityLabel, told: k.toldActivity,
		save: func(ctx context.Context, actor policy.Actor, a db.Activity, request ops.RequestKey) (db.Activity, error) {
			c, err := acts.UpdateActivity(ctx, actor, a, request)
			return c.After, err
		},
		about: func(a db.Activity) db.Record { return db.Record{Kind: policy.RecordCustomer, ID: a.Customer} },
		saved: func(before, after db.Activity) tea.Cmd {
			k.rememberActivity(before, after)
			return notify(noteGood, k.t.Activity.Saved)
		},
	}
}

// activityTitle is a few words by which one is known.
func (k *kit) activityTitle(a db.Activity) string {
	return joinNonEmpty(" · ", k.day(a.At), k.t.Task.Happened[a.Deed], a.Subject.String())
}

// rememberActivity lets z take a change of one back.
func (k *kit) rememberActivity(before, after db.Activity) {
	if after.Version == before.Version {
		return
	}
	acts, request, name := k.Ops, ops.NewRequestKey(), k.activityTitle(before)
	k.undo = &undo{
		question: func(ago string) string { return fmt.Sprintf(k.t.Activity.UndoWhat, name, ago) },
		at:       k.Now(), id: before.Customer,
		run: func(ctx context.Context, actor policy.Actor) (int, error) {
			_, err := acts.UndoActivity(ctx, actor, after.Version, before, request)
			return 1, err
		},
		said: func(int) string { return fmt.Sprintf(k.t.Activity.Undone, name) },
	}
}

// openActivity lets one choose which of what happened to open.
func (c *customer) openActivity() tea.Cmd {
	all := c.sight.Activities
	if len(all) == 0 {
		return notify(noteWarn, c.kit.t.Activity.None)
	}
	options := optionsOf(all, c.kit.activityTitle)
	return show(newChoose(c.kit, c.kit.t.Activity.Choose, options, func(i int) tea.Cmd { return open(newActivity(c.kit, all[i].ID)) }))
}
