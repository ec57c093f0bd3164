package db_test

import (
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"

	"balie/db/dbtest"
	"balie/policy"
)

// Whoever it is, whatever stands in the grant under review: PostgreSQL lets
// decide on it exactly those whom policy does.
func TestReviewItems_policyAndRowSecurity(t *testing.T) {
	store := dbtest.New(t)
	sander := dbtest.Person(t, store, "sander", policy.Sales, "")
	other := dbtest.Person(t, store, "other", policy.Privacy, "")
	dbtest.Exec(t, "insert into reviews (reason, since, until, due_at, ready_at) values ('', now(), now(), now(), now())")
	dbtest.Exec(t, "insert into review_items (review_id, grant_id, person_id, role, by, snapshot, viewed) select 1, min(id), 1, 'sales', '', '', 0 from grants")
	conn, err := pgx.Connect(t.Context(), dbtest.AdminURL(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	tries, allowed := 0, 0
	for _, role := range policy.Roles {
		me := dbtest.Person(t, store, "me-"+string(role), role, "")
		for _, c := range cases(me.ID, sander.ID, other.ID) {
			want := policy.MayDecide(me, c) == nil
			got := mayWrite(t, conn, me, c)
			if tries++; got != want {
				t.Errorf("%s (%d), %+v: PostgreSQL says %v, policy %v", role, me.ID, c, got, want)
			}
			if want {
				allowed++
			}
		}
	}
	if allowed < 10 || tries < 400 {
		t.Errorf("%d of %d allowed: the cases are too few", allowed, tries)
	}
	t.Logf("%d cases, of which %d are allowed", tries, allowed)
}

func cases(me, person, other int32) (all []policy.ReviewCase) {
	for _, of := range []int32{person, me} {
		for _, reviewer := range []int32{0, me, other} {
			for _, decided := range []int32{0, me, other} {
				for level := range 3 {
					for _, signed := range []bool{false, true} {
						if of != reviewer && of != decided { // which the table refuses by itself
							all = append(all, policy.ReviewCase{Person: of, Reviewer: reviewer, Decided: decided, Level: level, Signed: signed})
						}
					}
				}
			}
		}
	}
	return all
}

// mayWrite puts the case into the one row, tries to decide as the actor, and
// rolls back.
func mayWrite(t *testing.T, conn *pgx.Conn, me policy.Actor, c policy.ReviewCase) bool {
	t.Helper()
	ctx := t.Context()
	tx, err := conn.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(ctx) //nolint:errcheck // always
	_, err = tx.Exec(ctx, `update review_items set person_id = $1, reviewer = nullif($2, 0), decided_by = nullif($3, 0), level = $4,
signed_at = case when $5 then now() end, decision = case when $3 = 0 then '' else 'confirm' end`, c.Person, c.Reviewer, c.Decided, c.Level, c.Signed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(ctx, fmt.Sprintf("set local role balie_%s; select set_config('app.actor', '%d', true)", me.Role, me.ID)); err != nil {
		t.Fatal(err)
	}
	tag, err := tx.Exec(ctx, "update review_items set decision = 'confirm', decided_by = $1 where review_id = 1", me.ID)
	return err == nil && tag.RowsAffected() == 1
}

// A reviewer's hand reaches no further than what is under review: every
// statement is refused that would give power, more time, or end another grant.
func TestReview_grants(t *testing.T) {
	store := dbtest.New(t)
	anna := dbtest.Person(t, store, "anna", policy.Admin, "")
	marit := dbtest.Person(t, store, "marit", policy.Manager, "noord")
	sander := dbtest.Person(t, store, "sander", policy.Sales, "noord")
	sofie := dbtest.Person(t, store, "sofie", policy.Sales, "noord")
	dbtest.Exec(t, "update grants set until = now() + interval '30 days' where person_id = $1", sander.ID)
	dbtest.Exec(t, "insert into reviews (reason, since, until, due_at, ready_at) values ('', now(), now(), now(), now())")
	dbtest.Exec(t, `insert into review_items (review_id, grant_id, person_id, role, reviewer, by, snapshot, viewed, decision, decided_by, new_role)
select 1, id, person_id, role, $1, '', '', 0, 'change', $1, 'finance' from grants where person_id = any($2)`, marit.ID, []int32{sander.ID, anna.ID})
	conn, err := pgx.Connect(t.Context(), dbtest.AdminURL(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	const add = "insert into grants (person_id, role, reason, granted_by, pending) values (%d, '%s', '', %d, %v)"
	for _, c := range []struct {
		what, sql string
		may       bool
	}{
		{"ending it", fmt.Sprintf("update grants set ended_at = now(), ended_by = %d where person_id = %d", marit.ID, sander.ID), true},
		{"ending it in another's name", fmt.Sprintf("update grants set ended_at = now(), ended_by = %d where person_id = %d", anna.ID, sander.ID), false},
		{"ending one that is not under review", fmt.Sprintf("update grants set ended_at = now(), ended_by = %d where person_id = %d", marit.ID, sofie.ID), false},
		{"ending the last admin's", fmt.Sprintf("update grants set ended_at = now(), ended_by = %d where person_id = %d", marit.ID, anna.ID), false},
		{"an end for the last admin's", fmt.Sprintf("update grants set until = now() + interval '1 day' where person_id = %d", anna.ID), false},
		{"less time", fmt.Sprintf("update grants set until = now() + interval '9 days' where person_id = %d", sander.ID), true},
		{"more time", fmt.Sprintf("update grants set until = now() + interval '31 days' where person_id = %d", sander.ID), false},
		{"no end", fmt.Sprintf("update grants set until = null where person_id = %d", sander.ID), false},
		{"another role that waits", fmt.Sprintf(add, sander.ID, "finance", marit.ID, true), true},
		{"another role at once", fmt.Sprintf(add, sander.ID, "finance", marit.ID, false), false},
		{"a role that was not decided", fmt.Sprintf(add, sander.ID, "auditor", marit.ID, true), false},
		{"power", fmt.Sprintf(add, sander.ID, "admin", marit.ID, true), false},
		{"a role for who is not under review", fmt.Sprintf(add, sofie.ID, "finance", marit.ID, true), false},
		{"a role for oneself", fmt.Sprintf(add, marit.ID, "finance", marit.ID, true), false},
		{"how far it was escalated", "update review_items set level = 2", false},
		{"the snapshot", "update review_items set snapshot = ''", false},
		{"closing the review", "update reviews set closed_at = now(), record = ''", false},
		{"a record", "select record from reviews", false},
		{"counting what others did", fmt.Sprintf("select from review_acts(%d, 'sales', '-infinity', 'infinity', 'UTC')", sander.ID), false},
		{"a step in another's name", fmt.Sprintf("insert into review_steps (review_id, grant_id, by, what, detail) values (1, (select grant_id from review_items where person_id = %d), %d, '', '')", sander.ID, anna.ID), false},
		{"changing a step", "update review_steps set what = ''", false},
	} {
		tx, err := conn.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(t.Context(), fmt.Sprintf("set local role balie_manager; select set_config('app.actor', '%d', true)", marit.ID)); err != nil {
			t.Fatal(err)
		}
		tag, err := tx.Exec(t.Context(), c.sql)
		if may := err == nil && tag.RowsAffected() > 0; may != c.may {
			t.Errorf("%s: %v, want %v (%v)", c.what, may, c.may, err)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
