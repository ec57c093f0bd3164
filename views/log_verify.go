package views

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy/text"
)

// verifyView walks the whole log and says whether it is as it was written.
type verifyView struct {
	kit    *kit
	report db.Report
	known  bool
	wrong  string
	asks   latest
}

func newVerify(k *kit) *verifyView { return &verifyView{kit: k} }

func (v *verifyView) Title() string { return v.kit.t.People.Verify }
func (v *verifyView) Leave()        { v.asks.drop() } // stops the walk

func (v *verifyView) Init() tea.Cmd {
	acts, actor := v.kit.Ops, v.kit.Actor
	v.known, v.wrong = false, ""
	return ask(v.kit, &v.asks, func(ctx context.Context) (db.Report, error) {
		return acts.VerifyLog(ctx, actor)
	}, func(report db.Report, err error) tea.Cmd {
		v.report, v.known = report, err == nil
		if err != nil {
			v.wrong = v.kit.sentence(err)
		}
		return nil
	})
}

func (v *verifyView) Update(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "ctrl+r" && !v.asks.busy {
		return v.Init()
	}
	return nil
}

func (v *verifyView) Keys() []binding { return []binding{on("ctrl+r", v.kit.t.People.Reload)} }

func (v *verifyView) View(w, _ int) string {
	lines := []string{""}
	say := func(st style, s string) {
		if s == "" {
			lines = append(lines, "")
		}
		for _, l := range wrap(s, min(w-4, formWidth)) {
			lines = append(lines, "  "+st.of(l))
		}
	}
	switch {
	case v.wrong != "":
		say(v.kit.st.danger, "! "+v.wrong)
	case !v.known:
		say(v.kit.st.faint, v.kit.t.People.Verifying)
	default:
		v.verdict(say)
	}
	return join(lines)
}

func (v *verifyView) verdict(say func(style, string)) {
	t, r := &v.kit.t.People, v.report
	switch {
	case !r.OK():
		say(v.kit.st.danger, "✗ "+fmt.Sprintf(t.VerifyBad, v.kit.num(int(r.Found))))
	case r.Checkpoints == 0:
		say(v.kit.st.due, t.VerifyEmpty)
		return
	default:
		say(v.kit.st.good, "✓ "+t.VerifyOK)
	}
	say("", "")
	say("", fmt.Sprintf(t.VerifyRows, v.kit.num(int(r.Rows)), v.kit.num(int(r.Checkpoints))))
	if r.Heads > 0 {
		say("", fmt.Sprintf(t.VerifyHeads, v.kit.num(int(r.Heads))))
	}
	if r.Unsealed > 0 {
		say("", fmt.Sprintf(t.VerifyNew, v.kit.num(int(r.Unsealed))))
	}
	if !r.OK() {
		v.faults(say)
	}
}

// fault says where and what.
func (v *verifyView) fault(f db.Fault) string {
	t := &v.kit.t.People
	what := f.What
	if words, ok := t.Faults[what]; ok {
		what = words
	}
	switch {
	case f.Row == 0:
		return fmt.Sprintf(t.FaultCheckpoint, f.Checkpoint) + ": " + text.Clean(what)
	case f.Checkpoint == 0:
		return fmt.Sprintf(t.FaultRow, f.Row) + ": " + text.Clean(what)
	}
	return fmt.Sprintf(t.FaultRow, f.Row) + ", " + fmt.Sprintf(t.FaultCheckpoint, f.Checkpoint) + ": " + text.Clean(what)
}

func (v *verifyView) faults(say func(style, string)) {
	t, r := &v.kit.t.People, v.report
	say("", "")
	for _, f := range r.Faults {
		say(v.kit.st.danger, "  "+v.fault(f))
	}
	if more := int(r.Found) - len(r.Faults); more > 0 {
		say(v.kit.st.danger, "  "+fmt.Sprintf(t.VerifyMore, v.kit.num(more)))
	}
	for _, g := range r.Ranges {
		say("", fmt.Sprintf(t.VerifyIntact, v.kit.num(int(g.From)), v.kit.num(int(g.To)), v.kit.num(int(g.Rows)),
			v.kit.num(int(g.FirstRow)), v.kit.num(int(g.LastRow)), v.kit.moment(g.Since), v.kit.moment(g.Until)))
	}
	say("", "")
	say(v.kit.st.strong, t.VerifyTell)
}
