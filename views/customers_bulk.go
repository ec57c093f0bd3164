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

// bulkAct is something done to several customers at once. It says first to how
// many, and can be repeated on others.
type bulkAct struct {
	// uses is for what the gate is asked about: it leaves out who is restricted or
	// stands on nothing. To whom they belong must still be settled by somebody.
	uses     bool
	question func(count string) string
	done     func(count string) string
	run      func(ctx context.Context, actor policy.Actor, ids []int64) (changed []int64, err error)
	// undo takes it back of those that it changed, and says of how many.
	undo func(ctx context.Context, actor policy.Actor, changed []db.Row) (int, error)
}

// targets are the marked ones, else the one under the cursor.
func (c *customers) targets() []db.Row {
	if len(c.marks) == 0 {
		if r, ok := c.here(); ok {
			return []db.Row{r}
		}
		return nil
	}
	rows := make([]db.Row, 0, len(c.marks))
	for _, r := range c.marks {
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b db.Row) int { return int(a.ID - b.ID) })
	return rows
}

func (c *customers) chooseTag() tea.Cmd {
	var options []option
	var acts []bulkAct
	for _, t := range c.kit.tags {
		for _, on := range []bool{true, false} {
			if t.RetiredAt != nil && on {
				continue
			}
			act := c.tagAct(t, on)
			acts = append(acts, act)
			options = append(options, option{text: map[bool]string{true: "+ ", false: "- "}[on] + c.kit.tagName(t.ID)})
		}
	}
	if len(options) == 0 {
		return notify(noteWarn, c.kit.t.NoTags)
	}
	return show(newChoose(c.kit, c.kit.t.WhichTag, options, func(i int) tea.Cmd { return c.propose(acts[i]) }))
}

func (c *customers) tagAct(t db.Tag, on bool) bulkAct {
	question, done := c.kit.t.TagOn, c.kit.t.TaggedOn
	if !on {
		question, done = c.kit.t.TagOff, c.kit.t.TaggedOff
	}
	return bulkAct{
		uses:     true,
		question: func(n string) string { return fmt.Sprintf(question, c.kit.tagName(t.ID), n) },
		done:     func(n string) string { return fmt.Sprintf(done, c.kit.tagName(t.ID), n) },
		run: func(ctx context.Context, actor policy.Actor, ids []int64) ([]int64, error) {
			return c.kit.Ops.Retag(ctx, actor, ids, t.ID, on)
		},
		undo: func(ctx context.Context, actor policy.Actor, changed []db.Row) (int, error) {
			return c.kit.Ops.UndoRetag(ctx, actor, idsOf(changed), t.ID, on)
		},
	}
}

func (c *customers) chooseOwner() tea.Cmd {
	var options []option
	var to []db.Colleague
	for _, p := range c.kit.colleagues() {
		if !p.Gone && p.ID != 0 {
			to = append(to, p)
			options = append(options, option{text: c.kit.colleague(p.ID), hint: text.Clean(p.Login)})
		}
	}
	return show(newChoose(c.kit, c.kit.t.HandTo, options, func(i int) tea.Cmd { return c.propose(c.handOverAct(to[i])) }))
}

func (c *customers) handOverAct(to db.Colleague) bulkAct {
	name := c.kit.colleague(to.ID)
	return bulkAct{
		question: func(n string) string { return fmt.Sprintf(c.kit.t.HandOver, n, name) },
		done:     func(n string) string { return fmt.Sprintf(c.kit.t.HandedOver, n, name) },
		run: func(ctx context.Context, actor policy.Actor, ids []int64) ([]int64, error) {
			return c.kit.Ops.HandOver(ctx, actor, ids, to.ID)
		},
		undo: func(ctx context.Context, actor policy.Actor, changed []db.Row) (int, error) {
			back := make([]db.Back, len(changed))
			for i, r := range changed {
				back[i] = db.Back{ID: r.ID, Owner: r.Owner}
			}
			return c.kit.Ops.TakeBack(ctx, actor, back, to.ID)
		},
	}
}

func (c *customers) repeatBulk() tea.Cmd {
	if c.kit.repeat == nil {
		return notify(noteWarn, c.kit.t.OffNoRepeat)
	}
	return c.propose(*c.kit.repeat)
}

// namesShown is how many customers a bulk act names before it is done.
const namesShown = 5

// propose asks the gate whom the act leaves out, and then the person.
func (c *customers) propose(act bulkAct) tea.Cmd {
	rows := c.targets()
	if !act.uses || len(rows) == 0 {
		return c.confirmBulk(act, rows, nil)
	}
	actor, acts := c.kit.Actor, c.kit.Ops
	return ask(c.kit, &c.bulk, func(ctx context.Context) ([]ops.LeftOut, error) { return acts.LeaveOut(ctx, actor, idsOf(rows)) },
		func(left []ops.LeftOut, err error) tea.Cmd {
			if err != nil {
				return c.kit.fail(err)
			}
			return c.confirmBulk(act, rows, left)
		})
}

// confirmBulk says what would happen, to how many and to whom, whom the gate
// leaves out and why, and asks.
func (c *customers) confirmBulk(act bulkAct, all []db.Row, left []ops.LeftOut) tea.Cmd {
	rows, out := split(all, left)
	why := c.kit.leftWords(ops.CountLeft(left))
	if len(rows) == 0 {
		return notify(noteWarn, fmt.Sprintf(c.kit.t.AllLeftOut, why))
	}
	var details []string
	if len(out) > 0 {
		details = append(details, c.kit.st.due.of(fmt.Sprintf(c.kit.t.LeftOutWhy, why, c.namesOf(out))))
	}
	if n := restricted(rows); n > 0 {
		details = append(details, c.kit.st.due.of(fmt.Sprintf(c.kit.t.RestrictedToo, c.kit.num(n))))
	}
	for _, r := range rows[:min(len(rows), namesShown)] {
		line := "· " + r.Name().String()
		if r.Restricted {
			line += " — " + c.kit.st.due.of(c.kit.t.Restricted)
		}
		details = append(details, line)
	}
	if more := len(rows) - namesShown; more > 0 {
		details = append(details, c.kit.st.faint.of(fmt.Sprintf(c.kit.t.AndMore, c.kit.num(more))))
	}
	return show(newConfirm(c.kit, act.question(c.kit.counted(len(rows))), details, func() tea.Cmd { return c.carryOut(act, rows) }))
}

// restricted counts those of an act that takes them along: somebody must go on
// looking after them.
func restricted(rows []db.Row) (n int) {
	for _, r := range rows {
		if r.Restricted {
			n++
		}
	}
	return n
}

// split parts those that an act is done to from those that it leaves out.
func split(rows []db.Row, left []ops.LeftOut) (in, out []db.Row) {
	no := map[int64]bool{}
	for _, l := range left {
		no[l.ID] = true
	}
	for _, r := range rows {
		if no[r.ID] {
			out = append(out, r)
		} else {
			in = append(in, r)
		}
	}
	return in, out
}

// namesOf are the first names of several and how many more there are.
func (c *customers) namesOf(rows []db.Row) string {
	var names []string
	for _, r := range rows[:min(len(rows), namesShown)] {
		names = append(names, r.Name().String())
	}
	if more := len(rows) - namesShown; more > 0 {
		names = append(names, fmt.Sprintf(c.kit.t.AndMore, c.kit.num(more)))
	}
	return strings.Join(names, ", ")
}

// rememberBulk keeps how a bulk act is taken back; text says what it did.
func (c *customers) rememberBulk(act bulkAct, rows []db.Row, changed []int64, text string) {
	rows = slices.DeleteFunc(slices.Clone(rows), func(r db.Row) bool { return !slices.Contains(changed, r.ID) })
	if len(rows) == 0 {
		return
	}
	k := c.kit
	k.undo = &undo{
		question: func(ago string) string { return fmt.Sprintf(k.t.UndoBulk, text, ago) },
		at:       k.Now(),
		run:      func(ctx context.Context, actor policy.Actor) (int, error) { return act.undo(ctx, actor, rows) },
		said:     func(n int) string { return fmt.Sprintf(k.t.UndoneBulk, k.counted(n), k.num(len(rows))) },
	}
}

func idsOf(rows []db.Row) []int64 {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids
}

// counted is a number of customers in words.
func (k *kit) counted(n int) string {
	if n == 1 {
		return k.t.OneCustomer
	}
	return fmt.Sprintf(k.t.ManyCustomers, k.num(n))
}
