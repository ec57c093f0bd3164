package views

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// suppressions is the list of addresses and numbers that may not come back by a
// list of somebody's. It can't be read: each is a keyed hash.
type suppressions struct {
	kit    *kit
	all    []db.Suppression
	lifted bool // those that were lifted too
	known  bool
	list   roster
	width  int
	asks   latest
	does   latest
}

func newSuppressions(k *kit) *suppressions { return &suppressions{kit: k} }

func (s *suppressions) Title() string { return s.kit.t.Erasure.Suppressions }
func (s *suppressions) Init() tea.Cmd { return s.load() }
func (s *suppressions) Wake() tea.Cmd { return s.load() }
func (s *suppressions) Leave()        { s.asks.drop() }

func (s *suppressions) load() tea.Cmd {
	acts, actor, lifted := s.kit.Ops, s.kit.Actor, s.lifted
	return ask(s.kit, &s.asks, func(ctx context.Context) ([]db.Suppression, error) {
		return acts.ListSuppressions(ctx, actor, lifted)
	}, func(all []db.Suppression, err error) tea.Cmd {
		if err != nil {
			return s.kit.fail(err)
		}
		s.all, s.known = all, true
		s.list.put(s.rows(s.width))
		return nil
	})
}

func (s *suppressions) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || s.list.press(key.String()) {
		return nil
	}
	switch key.String() {
	case "a":
		s.lifted = !s.lifted
		return s.load()
	case "ctrl+r":
		return s.load()
	case "u":
		if one, on := s.list.item().(db.Suppression); on && s.whyNot(one) == "" {
			return s.lift(one)
		}
	}
	return nil
}

func (s *suppressions) whyNot(one db.Suppression) string {
	switch {
	case one.LiftedAt != nil:
		return s.kit.t.Erasure.OffLifted
	case !s.kit.may(policy.SuppressionLift):
		return s.kit.t.OffRole
	}
	return ""
}

func (s *suppressions) lift(one db.Suppression) tea.Cmd {
	t, acts, actor := &s.kit.t.Erasure, s.kit.Ops, s.kit.Actor
	return s.kit.because(t.LiftAsk, t.LiftHint, func(why text.Line) tea.Cmd {
		return perform(s.kit, &s.does, func(ctx context.Context) (db.Suppression, error) {
			return acts.LiftSuppression(ctx, actor, strconv.FormatInt(one.ID, 10), why)
		}, func(db.Suppression) string { return t.LiftDone }, s.load)
	})
}

func (s *suppressions) Keys() []binding {
	t := &s.kit.t.Erasure
	one, onRow := s.list.item().(db.Suppression)
	why := s.kit.t.OffNothing
	if onRow {
		why = s.whyNot(one)
	}
	more := t.KeyAllLifted
	if s.lifted {
		more = t.KeyOpen
	}
	return []binding{on("u", t.KeyLift).unless(why == "", why), on("a", more), on("ctrl+r", s.kit.t.People.Reload)}
}

func suppressionWidths(w int) []int { return []int{8, 16, 18, 12, max(w-66, 14)} }

func (s *suppressions) View(w, height int) string {
	t := &s.kit.t.Erasure
	s.width = w
	s.list.put(s.rows(w))
	lines := []string{"   " + s.kit.st.faint.of(cut(columns(suppressionWidths(w), "#", t.Sort, t.Since, t.Number, t.Lifted), w-4))}
	if !s.known {
		return join(append(lines, "   "+s.kit.st.faint.of(s.kit.t.Loading)))
	}
	if len(s.all) == 0 {
		return join(append(lines, indent(wrap(t.NoSuppressions, min(w-6, formWidth)), w)...))
	}
	room := max(height-len(lines), 1)
	return join(append(lines, block(s.list.lines(s.kit.st, w, room), w, room)...))
}

func (s *suppressions) rows(w int) []rosterRow {
	t, widths := &s.kit.t.Erasure, suppressionWidths(w)
	rows := make([]rosterRow, len(s.all))
	for i, one := range s.all {
		sort, state, st := t.MailSort, t.Listed, style("")
		if one.Sort == policy.PhoneMark {
			sort = t.PhoneSort
		}
		if one.LiftedAt != nil {
			state, st = joinNonEmpty(" · ", s.kit.near(*one.LiftedAt), s.kit.colleague(one.LiftedBy), one.Reason.String()), s.kit.st.faint
		}
		rows[i] = rosterRow{
			id: strconv.FormatInt(one.ID, 10), item: one, st: st,
			text: columns(widths, strconv.FormatInt(one.ID, 10), sort, s.kit.near(one.Since), strconv.FormatInt(one.Subject, 10), state),
		}
	}
	return rows
}
