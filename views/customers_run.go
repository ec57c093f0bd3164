package views

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// bulkBatch is how many customers one transaction of a bulk act changes: what
// is done stays done when one stops, and can be taken back.
const bulkBatch = 200

// bulkMost is how many customers a bulk act takes.
const bulkMost = 5000

// bulkRun is a bulk act under way.
type bulkRun struct {
	act     bulkAct
	rows    []db.Row
	done    int
	changed []int64
	stop    bool // as soon as the batch under way is done
}

func (c *customers) carryOut(act bulkAct, rows []db.Row) tea.Cmd {
	if c.running != nil {
		return nil
	}
	c.running = &bulkRun{act: act, rows: rows}
	return c.batch(c.running)
}

// batch does the next batch, and those after it.
func (c *customers) batch(r *bulkRun) tea.Cmd {
	actor, ids := c.kit.Actor, idsOf(r.rows[r.done:min(r.done+bulkBatch, len(r.rows))])
	return ask(c.kit, &c.bulk, func(ctx context.Context) ([]int64, error) { return r.act.run(ctx, actor, ids) }, func(changed []int64, err error) tea.Cmd {
		r.changed = append(r.changed, changed...)
		if err == nil {
			r.done += len(ids)
		}
		if err != nil || r.stop || r.done == len(r.rows) {
			return c.finished(r, err)
		}
		return c.batch(r)
	})
}

// finished says what was done, which may be less than was asked.
func (c *customers) finished(r *bulkRun, err error) tea.Cmd {
	c.running = nil
	if err != nil && len(r.changed) == 0 {
		return c.kit.fail(err)
	}
	c.kit.repeat = &r.act
	clear(c.marks)
	text := r.act.done(c.kit.counted(len(r.changed)))
	c.rememberBulk(r.act, r.rows, r.changed, text)
	if left := r.done - len(r.changed); left > 0 {
		text += " " + fmt.Sprintf(c.kit.t.LeftOut, c.kit.num(left))
	}
	if r.done < len(r.rows) {
		text += " " + fmt.Sprintf(c.kit.t.Views.Stopped, c.kit.num(r.done), c.kit.num(len(r.rows)))
	}
	again := c.again
	if c.after != nil {
		again = c.after
	}
	told := notify(noteGood, text)
	if err != nil {
		told = c.kit.fail(err)
	}
	return tea.Batch(again(), told)
}

// markFilter marks all rows of the filter, also those that are not yet here.
func (c *customers) markFilter() tea.Cmd {
	if c.gathering.busy {
		return nil
	}
	clear(c.marks)
	q := c.query
	q.Text, q.After, q.Limit = c.in.line().String(), db.Cursor{}, 500
	return c.gather(q)
}

func (c *customers) gather(q db.Query) tea.Cmd {
	actor, acts := c.kit.Actor, c.kit.Ops
	return ask(c.kit, &c.gathering, func(ctx context.Context) (db.Page, error) {
		return acts.FindCustomers(ctx, actor, q)
	}, func(p db.Page, err error) tea.Cmd {
		if err != nil {
			return c.kit.fail(err)
		}
		for _, r := range p.Rows[:min(len(p.Rows), bulkMost-len(c.marks))] {
			c.marks[r.ID] = r
		}
		c.grid.changed()
		switch q.After = p.Next; {
		case p.More && len(c.marks) < bulkMost:
			return c.gather(q)
		case p.More:
			return notify(noteWarn, fmt.Sprintf(c.kit.t.Views.MostMarked, c.kit.num(bulkMost)))
		}
		return nil
	})
}

func (c *customers) chooseStatus() tea.Cmd {
	options := make([]option, len(policy.Statuses))
	for i, s := range policy.Statuses {
		options[i] = option{text: c.kit.t.status(s)}
	}
	return show(newChoose(c.kit, c.kit.t.Views.WhichStatus, options, func(i int) tea.Cmd { return c.propose(c.statusAct(policy.Statuses[i])) }))
}

func (c *customers) statusAct(s policy.Status) bulkAct {
	return bulkAct{
		uses:     true,
		question: func(n string) string { return fmt.Sprintf(c.kit.t.Views.SetStatus, c.kit.t.status(s), n) },
		done:     func(n string) string { return fmt.Sprintf(c.kit.t.Views.StatusSet, c.kit.t.status(s), n) },
		run: func(ctx context.Context, actor policy.Actor, ids []int64) ([]int64, error) {
			return c.kit.Ops.SetStatus(ctx, actor, ids, s)
		},
		undo: func(ctx context.Context, actor policy.Actor, changed []db.Row) (int, error) {
			was := make([]db.StatusOf, len(changed))
			for i, r := range changed {
				was[i] = db.StatusOf{ID: r.ID, Status: r.Status}
			}
			return c.kit.Ops.UndoStatus(ctx, actor, was)
		},
	}
}

// toExport is the filter of what an export would hold: the marked ones, where
// these are few enough to name, else what the list shows.
func (c *customers) toExport() (filter string, n int) {
	filter, _ = c.present()
	if len(c.marks) == 0 || len(c.marks) > 100 {
		return filter, 0
	}
	var ids []string
	for id := range c.marks {
		ids = append(ids, strconv.FormatInt(id, 10))
	}
	slices.Sort(ids)
	return "id=" + strings.Join(ids, ","), len(ids)
}
