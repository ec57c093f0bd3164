package db

import (
	"context"

	"balie/policy"
)

const (
	taskHistoryPlace = "task_history.detail"
	addTaskHistory   = `insert into task_history (task_id, version, customer_id, at, person_id, act, request, fields, detail) values ($1, $2, nullif($3::bigint, 0), $4, $5, $6, $7, $8, $9)`
	listTaskHistory  = `select h.version, h.at, h.person_id, h.act, h.detail, coalesce(k.kek_epoch, 0) as kek_epoch, k.wrapped, coalesce(h.customer_id, 0) as customer_id
		from task_history h left join subject_keys k on k.subject_id = h.customer_id where h.task_id = $1 order by h.version desc limit 200`
)

// boxed opens a task with what seals for it. Whoever may see the task may note what
// they did with it, whether or not they see its customer.
func (tx *Tx) boxed(ctx context.Context, id int64) (t Task, box envelope, err error) {
	r, err := one(collect[taskRow](ctx, tx, selectTask, id))
	if err != nil {
		return t, box, err
	}
	if t, err = tx.store.openTask(r); err != nil {
		return t, box, err
	}
	tx.aboutTask(id, t, "done")
	box, err = tx.store.taskBox(r)
	return t, box, err
}

// notePast writes what somebody did with a task, which is given as it became.
func (tx *Tx) notePast(ctx context.Context, t Task, box envelope, act policy.Act, changes []Change) error {
	_, err := tx.Exec(ctx, addTaskHistory, t.ID, t.Version, t.Customer, tx.Now, tx.Actor.ID, string(act), newRequest(), fieldsOf(changes), box.seal(taskHistoryPlace, changes))
	return err
}

type taskPastRow struct {
	pastRow
	CustomerID int64
}

// TaskHistory is what was changed of a task, done and taken back, latest first.
func (tx *Tx) TaskHistory(ctx context.Context, t Task) ([]Past, error) {
	rows, err := collect[taskPastRow](ctx, tx, listTaskHistory, t.ID)
	if err != nil {
		return nil, err
	}
	out := make([]Past, len(rows))
	for i, r := range rows {
		box, err := tx.store.boxOf(t.Series, r.CustomerID, &r.KekEpoch, r.Wrapped)
		if err != nil {
			return nil, err
		}
		out[i] = r.past()
		if err := box.open(taskHistoryPlace, r.Detail, &out[i].Changes); err != nil {
			return nil, err
		}
	}
	return out, nil
}
