package policy

import (
	"testing"
	"time"

	"balie/policy/text"
)

func TestNeedsApproval(t *testing.T) {
	for _, c := range []struct {
		n, before int
		want      bool
	}{{0, 0, false}, {1000, 0, false}, {1001, 0, true}, {1, 1000, true}, {500, 500, false}, {0, 5000, true}} {
		if got := NeedsApproval(c.n, c.before, 1000); got != c.want {
			t.Errorf("%d after %d: %t", c.n, c.before, got)
		}
	}
}

func TestApprovalSize(t *testing.T) {
	for n, want := range map[int]int{1: 2, 99: 100, 100: 110, 1000: 1100, 1203: 1300, 98_765: 99_000, 1_000_000: 1_100_000} {
		if got := ApprovalSize(n); got != want {
			t.Errorf("%d: %d, want %d", n, got, want)
		}
	}
}

func TestApproval_State(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	ago := func(d time.Duration) *time.Time { at := now.Add(-d); return &at }
	for want, a := range map[ApprovalState][]Approval{
		ApprovalWaiting: {{Asked: now}, {Asked: *ago(ApprovalWaits - 1)}},
		ApprovalAgreed:  {{Asked: *ago(48 * time.Hour), Answered: ago(ApprovalHolds - 1), Agreed: true}},
		ApprovalRefused: {{Asked: now, Answered: ago(0)}, {Asked: *ago(ApprovalWaits * 2), Answered: ago(ApprovalHolds * 2)}},
		ApprovalUsed:    {{Asked: now, Answered: ago(0), Agreed: true, Used: true}},
		ApprovalLapsed:  {{Asked: *ago(ApprovalWaits)}, {Asked: now, Answered: ago(ApprovalHolds), Agreed: true}},
	} {
		for _, one := range a {
			if got := one.State(now); got != want {
				t.Errorf("%+v: %s, want %s", one, got, want)
			}
		}
	}
}

// Who answers a request for an export: the team's manager, a privacy officer,
// an admin, and nobody for himself.
func TestCan_ApprovalAnswer(t *testing.T) {
	asker := Resource{Person: 1, OwnerTeam: 7}
	for _, c := range []struct {
		actor Actor
		want  Kind // -1: may
	}{
		{Actor{ID: 2, Role: Manager, Team: 7}, -1},
		{Actor{ID: 2, Role: Manager, Team: 8}, Absent},
		{Actor{ID: 2, Role: Manager}, Absent},
		{Actor{ID: 2, Role: Privacy}, -1},
		{Actor{ID: 2, Role: Admin}, -1},
		{Actor{ID: 1, Role: Manager, Team: 7}, Denied},
		{Actor{ID: 1, Role: Privacy, Reason: text.New("so")}, Denied},
		{Actor{ID: 1, Role: Admin}, Denied},
		{Actor{ID: 2, Role: Sales, Team: 7}, Denied},
		{Actor{ID: 2, Role: Auditor}, Denied},
		{Actor{ID: 2, Role: Finance}, Denied},
	} {
		err := Can(c.actor, ApprovalAnswer, asker)
		if got := KindOf(err); err == nil && c.want >= 0 || err != nil && got != c.want {
			t.Errorf("person %d as %s of team %d: %v", c.actor.ID, c.actor.Role, c.actor.Team, err)
		}
	}
}
