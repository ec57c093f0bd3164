package views

import (
	"cmp"
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

const (
	// followEvery is how soon new rows appear; with what a look takes, within a
	// second.
	followEvery = 700 * time.Millisecond
	// followed is how many rows are kept while following.
	followed = 500
)

// toggleFollow begins at the newest rows and lets new ones appear, or stops.
func (l *logView) toggleFollow() tea.Cmd {
	if l.following {
		l.following = false
		l.tail.drop()
		return nil
	}
	l.following = true
	return l.filter(func(q *db.LogQuery) { q.Until = time.Time{} })
}

// come is what a look brought.
type come struct {
	rows []db.LogRow
	mark db.LogMark
}

// follow looks after a while, and again.
func (l *logView) follow() tea.Cmd {
	acts, actor, q, mark := l.kit.Ops, l.kit.Actor, l.query, l.page.Mark
	return ask(l.kit, &l.tail, func(ctx context.Context) (come, error) {
		if err := rest(ctx, followEvery); err != nil {
			return come{}, err
		}
		rows, next, err := acts.FollowLog(ctx, actor, q, mark)
		return come{rows, next}, err
	}, func(c come, err error) tea.Cmd {
		switch {
		case err != nil && policy.KindOf(err) == policy.Unavailable: // goes on when the database is back
			return l.follow()
		case err != nil:
			l.following = false
			return l.kit.fail(err)
		}
		l.page.Mark = c.mark
		l.grow(c.rows)
		return l.follow()
	})
}

func rest(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// grow adds new rows where they belong. Who looks at the newest goes on doing
// so; who looks at another keeps it at its place in the window.
func (l *logView) grow(rows []db.LogRow) {
	if len(rows) == 0 {
		return
	}
	was, newest := l.list.at, l.list.at == 0
	l.page.Rows = append(slices.Clone(l.page.Rows), rows...)
	slices.SortFunc(l.page.Rows, func(a, b db.LogRow) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID))
	})
	if len(l.page.Rows) > followed {
		l.page.Rows = l.page.Rows[:followed]
		l.page.Next = l.page.Rows[followed-1].Place()
	}
	l.list.put(l.rows(l.width))
	if newest {
		l.list.at, l.list.top = 0, 0
		return
	}
	l.list.top += l.list.at - was
}
