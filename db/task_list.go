package db

import (
	"context"
	"slices"
	"time"

	"balie/policy"
)

// TaskQuery says which tasks a list shows.
type TaskQuery struct {
	Span     policy.TaskSpan
	Customer int64  // those of one customer; else those of
	Where    string // a filter of policy.TasksList
	Everyone bool   // whom the actor may see; else those assigned to the actor
}

// taskMost is how many a list shows: more than anybody will do.
const taskMost = 1000

const (
	taskOpen = ` and t.done_at is null and t.due_on <= $2 order by t.due_on, t.due_minute nulls last, t.priority, t.id limit $3`
	taskDone = ` and t.done_at > $2 order by t.done_at desc, t.id desc limit $3`

	taskMine     = `select ` + taskColumns + `null::bytea as body` + taskFrom + `t.assignee = $1`
	taskOf       = `select ` + taskColumns + `null::bytea as body` + taskFrom + `t.customer_id = $1`
	taskTeam     = `select ` + taskColumns + `null::bytea as body` + taskFrom + `t.assignee in (select team()) and $1 = 0`
	taskEveryone = `select ` + taskColumns + `null::bytea as body` + taskFrom + `$1 = 0`

	tasksOf           = taskOf + ` order by t.done_at desc nulls first, t.due_on, t.due_minute nulls last, t.priority, t.id limit $2`
	tasksMineOpen     = taskMine + taskOpen
	tasksMineDone     = taskMine + taskDone
	tasksOfOpen       = taskOf + taskOpen
	tasksOfDone       = taskOf + taskDone
	tasksTeamOpen     = taskTeam + taskOpen
	tasksTeamDone     = taskTeam + taskDone
	tasksEveryoneOpen = taskEveryone + taskOpen
	tasksEveryoneDone = taskEveryone + taskDone
)

// taskLists are the statements, for what is open and for what is done.
var taskLists = map[string][2]string{
	"mine": {tasksMineOpen, tasksMineDone}, "customer": {tasksOfOpen, tasksOfDone},
	"team": {tasksTeamOpen, tasksTeamDone}, "everyone": {tasksEveryoneOpen, tasksEveryoneDone},
}

// whose picks the statements and what they ask for.
func (q TaskQuery) whose(actor policy.Actor) (string, int64) {
	switch {
	case q.Customer != 0:
		return "customer", q.Customer
	case q.Everyone && actor.Role == policy.Manager:
		return "team", 0
	case q.Everyone || actor.Role == policy.Privacy:
		return "everyone", 0
	}
	return "mine", int64(actor.ID)
}

// doneDays is how long a list shows what was done; a customer's shows all.
const doneDays = 30

// ListTasks gives those of the query, what is due first on top; now is the time
// on the organisation's wall.
func (tx *Tx) ListTasks(ctx context.Context, q TaskQuery, now time.Time) ([]Task, error) {
	s, err := tx.newSieve(ctx, policy.TasksList, q.Where)
	if err != nil {
		return nil, err
	}
	if q.Where == "" {
		return tx.listTasks(ctx, q, now, taskMost)
	}
	seen := len(tx.entry.Subjects)
	all, err := tx.listTasks(ctx, q, now, filteredMost)
	if err != nil {
		return nil, err
	}
	if len(all) == filteredMost {
		return nil, errTooMany()
	}
	tx.entry.Subjects = tx.entry.Subjects[:seen] // those that are shown
	kept := s.tasks(all)
	for _, t := range kept {
		if t.Customer != 0 {
			tx.Saw(t.Customer)
		}
	}
	return kept, nil
}

// filteredMost is how many open deals or tasks a filter looks through.
const filteredMost = 20_000

// errTooMany is said rather than leaving some out in silence.
func errTooMany() error {
	return policy.Errorf(policy.Invalid, "There are more than %d to look through: narrow the list itself first.", filteredMost).On("filter")
}

func (tx *Tx) listTasks(ctx context.Context, q TaskQuery, now time.Time, most int) ([]Task, error) {
	kind, id := q.whose(tx.Actor)
	tx.About(q.Customer)
	if q.Span == policy.TasksDone {
		since := tx.Now.AddDate(0, 0, -doneDays)
		if q.Customer != 0 {
			since = time.Time{}
		}
		return tx.tasks(ctx, taskLists[kind][1], id, since, most)
	}
	all, err := tx.tasks(ctx, taskLists[kind][0], id, horizon(q.Span, now), most)
	var kept []Task
	for _, t := range all {
		if q.Span.Holds(t.Due, now) {
			kept = append(kept, t)
		}
	}
	return kept, err
}

// TasksOf asks for a customer's, those that are to be done and those that are, as
// one of several questions.
func (tx *Tx) TasksOf(customer int64, open, done *[]Task) Read {
	return taking(func(rows []taskRow) error {
		all, err := tx.openTasks(rows)
		n := slices.IndexFunc(all, func(t Task) bool { return t.DoneAt != nil })
		if n < 0 {
			n = len(all)
		}
		*open, *done = all[:n], all[n:]
		return err
	}, tasksOf, customer, 2*taskMost)
}

// horizon is the last day of a span.
func horizon(s policy.TaskSpan, now time.Time) time.Time {
	today := policy.Day(now)
	switch s {
	case policy.TasksToday, policy.TasksOverdue:
		return today
	case policy.TasksWeek:
		return today.AddDate(0, 0, 6)
	}
	return time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
}

// What came due between two moments, one and the other as written on the wall.
const taskDue = `t.assignee = $1 and t.done_at is null and t.due_minute is not null
	and t.due_on between ($2::timestamptz - interval '1 day')::date and (now() + interval '1 day')::date
	and (t.due_on + t.due_minute * interval '1 minute') at time zone $3 > $2 and (t.due_on + t.due_minute * interval '1 minute') at time zone $3 <= now()`

const (
	anyDue = `select now(), exists (select from tasks t where t.assignee = $1 and t.done_at is null and t.due_minute is not null
	and t.due_on between ($2::timestamptz - interval '1 day')::date and (now() + interval '1 day')::date
	and (t.due_on + t.due_minute * interval '1 minute') at time zone org_zone($3) > $2
	and (t.due_on + t.due_minute * interval '1 minute') at time zone org_zone($3) <= now())`
	tasksDue = `select ` + taskColumns + `null::bytea as body` + taskFrom + taskDue + ` order by t.due_on, t.due_minute limit 100`
)

// AnyDue says whether a task of the person came due since a moment, and what time
// it is. Every open session asks each minute; what is due is not shown here, so
// nothing is logged.
func (s *Store) AnyDue(ctx context.Context, person int32, since time.Time) (due bool, now time.Time, err error) {
	pool, err := s.pool(policy.Clock)
	if err != nil {
		return false, now, kinded(err)
	}
	err = pool.QueryRow(ctx, anyDue, person, since, policy.DefaultZone).Scan(&now, &due)
	return due, now, kinded(err)
}

// TasksDue gives the actor's own that came due since a moment.
func (tx *Tx) TasksDue(ctx context.Context, since time.Time) ([]Task, error) {
	zone, err := tx.Setting(ctx, policy.TimeZone)
	if err != nil {
		return nil, err
	}
	return tx.tasks(ctx, tasksDue, tx.Actor.ID, since, string(zone))
}

const countDue = `select count(*) filter (where due_on < $2), count(*) filter (where due_on = $2)
	from tasks where assignee = $1 and done_at is null and due_on <= $2`

// CountDue counts the actor's own that are due today, and before.
func (tx *Tx) CountDue(ctx context.Context, today time.Time) (late, due int64, err error) {
	err = tx.QueryRow(ctx, countDue, tx.Actor.ID, today).Scan(&late, &due)
	return late, due, err
}

// WallNow is the transaction's moment in the organisation's zone.
func (tx *Tx) WallNow(ctx context.Context) (time.Time, error) {
	name, err := tx.Setting(ctx, policy.TimeZone)
	if err != nil {
		return time.Time{}, err
	}
	zone, err := time.LoadLocation(string(name))
	return tx.Now.In(zone), err
}
