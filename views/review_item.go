package views

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// reviewItemView is what somebody did with one grant. Looking at it is logged.
type reviewItemView struct {
	kit   *kit
	sheet ops.ReviewSheet
	item  db.ReviewItem
	known bool
	top   int
	lines int
	asks  latest
}

func newReviewItem(k *kit, sheet ops.ReviewSheet, item db.ReviewItem) *reviewItemView {
	return &reviewItemView{kit: k, sheet: sheet, item: item}
}

func (v *reviewItemView) Title() string {
	return fmt.Sprintf(v.kit.t.Access.Detail, v.kit.colleague(v.item.PersonID), v.kit.t.role(v.item.Role))
}
func (v *reviewItemView) Leave()          { v.asks.drop() }
func (v *reviewItemView) Keys() []binding { return []binding{on("↑↓", "")} }

func (v *reviewItemView) Init() tea.Cmd {
	acts, actor, i := v.kit.Ops, v.kit.Actor, v.item
	return ask(v.kit, &v.asks, func(ctx context.Context) (db.ReviewItem, error) {
		return acts.ViewReviewItem(ctx, actor, i.ReviewID, i.GrantID)
	}, func(i db.ReviewItem, err error) tea.Cmd {
		if err == nil {
			v.item, v.known = i, true
		}
		return v.kit.fail(err)
	})
}

func (v *reviewItemView) Update(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "up", "k":
			v.top--
		case "down", "j":
			v.top++
		case "pgup":
			v.top -= 10
		case "pgdown":
			v.top += 10
		}
		v.top = max(min(v.top, v.lines-5), 0)
	}
	return nil
}

func (v *reviewItemView) View(w, height int) string {
	if !v.known {
		return "   " + v.kit.st.faint.of(v.kit.t.Loading)
	}
	lines := slices.Concat(v.given(w), v.did(w), v.allowed(w), v.happened(w))
	v.lines = len(lines)
	from := min(v.top, max(len(lines)-height, 0))
	return join(indent(lines[from:min(len(lines), from+height)], w))
}

// given is the grant itself, and with what its holder signs in.
func (v *reviewItemView) given(w int) []string {
	t, s := &v.kit.t.Access, v.item.Snapshot
	line := v.kit.monthOf(s.Since)
	if s.GrantedBy != 0 {
		line += ", " + t.GivenBy + " " + v.kit.colleague(s.GrantedBy)
	}
	if s.Until != nil {
		line += ", " + t.TillWhen + " " + v.kit.day(*s.Until)
	}
	lines := []string{line + ": " + s.Reason.String()}
	last := t.Never
	if s.LastSeen != nil {
		last = v.kit.near(*s.LastSeen)
	}
	if !s.Joined {
		last = t.NotJoined
	}
	lines = append(lines, t.LastSeen+": "+last)
	var keys []string
	for _, k := range s.Keys {
		used := t.Never
		if k.LastUsed != nil {
			used = v.kit.ago(*k.LastUsed)
		}
		keys = append(keys, strings.TrimSpace(fmt.Sprintf("“%s” %s, %s %s", k.Name, k.Kind, t.KeyUsed, used)))
	}
	lines = append(lines, wrap(t.Keys+": "+strings.Join(keys, "; "), w-6)...)
	if who := v.item.Reviewer; who != 0 {
		lines = append(lines, t.Reviewer+": "+v.kit.colleague(who)+", "+t.By[v.item.By])
	} else {
		lines = append(lines, t.Reviewer+": "+t.By[policy.ByNobody])
	}
	return append(lines, "")
}

// did is each kind of act: how often, about how many people, on how many days.
func (v *reviewItemView) did(w int) []string {
	t, s := &v.kit.t.Access, v.item.Snapshot
	cols := []int{min(34, w-50), 8, 8, 7, 16}
	r := v.sheet.Review
	lines := []string{
		v.kit.st.accent.of(t.Acts) + "  " + v.kit.st.faint.of(fmt.Sprintf(t.Quarter, v.kit.day(r.Since), v.kit.day(r.Until))),
		v.kit.st.faint.of(columns(cols, "", padLeft(t.Times, 8), padLeft(t.Subjects, 8), padLeft(t.Days, 7), t.Last)),
	}
	for _, a := range s.Acts {
		lines = append(lines, columns(cols, v.kit.actWords(a.Act), padLeft(v.kit.num(int(a.Times)), 8), padLeft(v.kit.num(int(a.Subjects)), 8), padLeft(v.kit.num(int(a.Days)), 7), v.kit.day(a.Last)))
	}
	if len(s.Acts) == 0 {
		lines = append(lines, v.kit.st.due.of(t.NothingDone))
	}
	return append(lines, v.viewed(), "")
}

// viewed sets how many were seen beside the quarters before.
func (v *reviewItemView) viewed() string {
	t, use := &v.kit.t.Access, v.item.Use(v.sheet.Review.Since)
	line := t.Viewed + ": " + v.kit.num(v.item.Viewed)
	if use.Known {
		line += " · " + t.Usual + ": " + v.kit.num(use.Usual)
	}
	if n := v.item.Snapshot.Earlier; len(n) > 0 {
		words := make([]string, len(n))
		for i := range n {
			words[i] = v.kit.num(n[i])
		}
		line += " · " + t.Before + ": " + strings.Join(words, ", ")
	}
	switch {
	case use.More():
		return v.kit.st.due.of(line + " · ▲ " + t.More)
	case use.Unused():
		return v.kit.st.due.of(line + " · " + t.Unused)
	}
	return line
}

// allowed is what the role allows and its holder did not need.
func (v *reviewItemView) allowed(w int) []string {
	done := map[policy.Act]bool{}
	for _, a := range v.item.Snapshot.Acts {
		done[a.Act] = true
	}
	var words []string
	for _, a := range policy.ActsOf(v.item.Role) {
		if !done[a] && !policy.OfOneself(a) {
			words = append(words, v.kit.actWords(a))
		}
	}
	if len(words) == 0 {
		return nil
	}
	lines := []string{v.kit.st.accent.of(v.kit.t.Access.NotUsedFor)}
	return append(append(lines, v.kit.hint(strings.Join(words, ", "), w)...), "")
}

// happened is what this review did with it.
func (v *reviewItemView) happened(w int) []string {
	t := &v.kit.t.Access
	var lines []string
	for _, s := range v.sheet.Steps {
		if s.GrantID != v.item.GrantID && s.GrantID != 0 {
			continue
		}
		who := t.ByItself
		if s.By != 0 {
			who = v.kit.colleague(s.By)
		}
		lines = append(lines, wrap(v.kit.moment(s.At)+"  "+who+"  "+v.kit.stepWords(s.What)+" "+s.Detail.String(), w-6)...)
	}
	if len(lines) > 0 {
		lines = append([]string{v.kit.st.accent.of(t.History)}, lines...)
	}
	return lines
}

func (k *kit) stepWords(what string) string {
	if words, ok := k.t.Access.Steps[what]; ok {
		return words
	}
	return text.Clean(what)
}
