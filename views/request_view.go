package views

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"balie/db"
	"balie/policy"
)

func (v *request) View(w, height int) string {
	if !v.known {
		return "   " + v.kit.st.faint.of(v.kit.t.Loading)
	}
	lines := v.due(w)
	lines = append(lines, "")
	if v.kit.may(policy.RequestHandle) {
		lines = append(lines, v.path(w)...)
		lines = append(lines, v.trail(w, height-len(lines))...)
	}
	return join(block(lines, w, height))
}

// due says who asks what, and until when it is to be answered, with the rule and
// the arithmetic.
func (v *request) due(w int) []string {
	t, s, lang := &v.kit.t.Request, v.sight, v.kit.Lang
	from := fmt.Sprintf(t.FromLine, v.kit.asker(s), t.Channels[s.Channel], s.Received.In(lang))
	lines := []string{" " + cut(from, w-2)}
	for _, l := range wrapBlock(s.Asks.String(), w-4) {
		if l != "" && len(lines) < 3 {
			lines = append(lines, "   "+v.kit.st.faint.of(l))
		}
	}
	left, st := v.kit.timeLeft(s)
	head := fmt.Sprintf(t.DueLine, s.Deadline.Due.In(lang))
	lines = append(lines, " "+v.kit.st.strong.of(head)+"  "+st.of(left)+"  "+v.kit.st.faint.of(fmt.Sprintf(t.TargetLine, s.Deadline.Target.In(lang))))
	said := make([]string, len(s.Deadline.Steps))
	for i, m := range s.Deadline.Steps {
		said[i] = v.kit.say(m)
	}
	why := v.kit.say(s.Deadline.Source) + ": " + strings.Join(said, " ")
	for _, l := range wrap(why, w-8) {
		lines = append(lines, "      "+v.kit.st.faint.of(l))
	}
	return lines
}

// path is the way from receipt to closing, with what was said at each step.
func (v *request) path(w int) (lines []string) {
	t, next := &v.kit.t.Request, v.sight.Facts.Next()
	var rows []rosterRow
	for i, step := range policy.RequestPath {
		mark, st := " ", style("")
		switch {
		case v.done(step):
			mark = "✓"
		case step == next:
			mark, st = "▸", v.kit.st.accent
		default:
			st = v.kit.st.faint
		}
		line := fmt.Sprintf(" %d %s %s", i+1, mark, pad(t.Steps[step], 16))
		lines = append(lines, st.of(line)+" "+cut(v.said(step), w-24))
		if step == policy.StepSystems {
			rows = v.systems(w)
			v.list.put(rows)
			for _, l := range v.list.lines(v.kit.st, w-6, len(rows)) {
				lines = append(lines, "      "+l)
			}
		}
	}
	return lines
}

func (v *request) done(step policy.RequestStep) bool {
	f := v.sight.Facts
	switch step {
	case policy.StepIdentity:
		return f.Identity == policy.IdentityProven
	case policy.StepWork:
		return f.Worked
	case policy.StepSystems:
		return len(v.sight.Systems) > 0 && f.Systems == 0
	case policy.StepDecide:
		return f.Decision != policy.NoDecision
	case policy.StepSend:
		return f.Sent
	}
	return f.Closed
}

// said is what the register has of a step.
func (v *request) said(step policy.RequestStep) string {
	t, f := &v.kit.t.Request, v.sight.Facts
	switch {
	case step == policy.StepWork && !f.Known && !f.Worked:
		return t.NotKnown
	case step == policy.StepDecide && f.Decision != policy.NoDecision:
		ground := ""
		if v.sight.Ground != "" {
			ground = " (" + t.Grounds[v.sight.Ground] + ")"
		}
		return t.Decisions[f.Decision] + ground + ": " + v.latest(step)
	case step == policy.StepIdentity && f.Identity == policy.IdentityFailed:
		return t.NotProven + ": " + v.latest(step)
	}
	return v.latest(step)
}

func (v *request) latest(step policy.RequestStep) string {
	for _, s := range slices.Backward(v.sight.Steps) {
		if s.Step == step {
			return v.kit.stepLine(s)
		}
	}
	return ""
}

// stepLine is what was asked and said at a step, by whom and when.
func (k *kit) stepLine(s db.Step) string {
	var parts []string
	for _, b := range []string{s.Asked.String(), s.Said.String()} {
		if b != "" {
			parts = append(parts, strings.Join(strings.Fields(b), " "))
		}
	}
	who := k.t.People.Program
	if s.Person != 0 {
		who = k.colleague(s.Person)
	}
	return strings.Join(append(parts, who+" "+k.near(s.At)), " · ")
}

func (v *request) systems(w int) []rosterRow {
	rows := make([]rosterRow, len(v.sight.Systems))
	for i, o := range v.sight.Systems {
		mark := "[ ] "
		if !o.DoneAt.IsZero() {
			mark = "[x] "
		}
		parts := mark + o.Name.String()
		how := o.How.String()
		if !o.DoneAt.IsZero() {
			how = ""
		}
		for _, more := range []string{o.Keeper.String(), how, o.Outcome.String()} {
			if more != "" {
				parts += " · " + more
			}
		}
		rows[i] = rosterRow{id: strconv.Itoa(i + 1), item: o, text: cut(parts, w-8)}
	}
	return rows
}

// trail is what else happened, latest first, as far as there is room.
func (v *request) trail(w, room int) (lines []string) {
	if room < 3 || len(v.sight.Steps) == 0 {
		return nil
	}
	lines = []string{"", " " + v.kit.st.accent.of(v.kit.t.Request.Happened)}
	for _, s := range slices.Backward(v.sight.Steps) {
		if len(lines) >= room {
			break
		}
		lines = append(lines, "   "+cut(pad(v.kit.t.Request.Steps[s.Step], 18)+" "+v.kit.stepLine(s), w-4))
	}
	return lines
}
