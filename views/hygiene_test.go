package views

import (
	"testing"

	"balie/policy"
)

// TestFigures: the officer's first screen has the figures, without a reason too;
// each leads to its rows.
func TestFigures(t *testing.T) {
	newStage(t, sessionOf(newFakeActs(), policy.Privacy)).press("esc").wants("Privacy in figures", "2  Requests that are overdue", "14  Records that stand on nothing")
	s := newStage(t, sessionOf(newFakeActs(), policy.Privacy)).press("request 12", "enter").wants("Privacy in figures")
	s.press(":", "privacy", "enter").wants("job hygiene.look", "Roles that nobody used").press("j", "enter").wants("Standing on nothing", "Niemand")
	s.press(":", "privacy", "enter", "jj", "enter").wants("Unused roles", "finance")
	s.press(":", "bounced", "enter").wants("oud@weg.example").press(":", "stale", "enter").wants("Oudeman", "spring: Has objected.")
	s.press(":", "despite", "enter").wants("kept for a reason")
}
