package policy

import (
	"testing"
	"time"
)

func staff(id, team int32, roles ...Role) Staff { return Staff{ID: id, Team: team, Roles: roles} }

func away(s Staff, deputy int32) Staff { s.Deputy = deputy; return s }

func TestReviewer(t *testing.T) {
	sander, marit, second := staff(1, 7, Sales), staff(2, 7, Manager), staff(3, 7, Manager, Sales)
	pieter, petra, paul := staff(4, 0, Privacy), staff(5, 0, Privacy), staff(6, 7, Privacy)
	anna, arend, fatima := staff(8, 0, Admin), staff(9, 0, Auditor), staff(10, 7, Finance)
	bert, other := staff(11, 0, Admin), staff(12, 8, Manager)
	for name, c := range map[string]struct {
		person Staff
		all    []Staff
		want   int32
		by     ReviewBy
	}{
		"a salesman by the team's manager":        {sander, []Staff{sander, marit, pieter, anna}, 2, ByManager},
		"finance in a team by its manager":        {fatima, []Staff{marit, pieter, fatima}, 2, ByManager},
		"without a manager by the officer":        {sander, []Staff{sander, pieter, anna, other}, 4, ByOfficer},
		"without a team by the officer":           {arend, []Staff{marit, pieter, anna, arend}, 4, ByOfficer},
		"a manager by the officer, not a manager": {second, []Staff{marit, second, pieter}, 4, ByOfficer},
		"an admin by the officer":                 {anna, []Staff{pieter, anna, bert}, 4, ByOfficer},
		"an officer in a team not by its manager": {paul, []Staff{marit, pieter, paul}, 4, ByOfficer},
		"an officer by the other one":             {pieter, []Staff{pieter, petra, anna}, 5, ByOfficer},
		"and the other one by the third":          {petra, []Staff{pieter, petra, paul, anna}, 6, ByOfficer},
		"and the third by the first":              {paul, []Staff{pieter, petra, paul, anna}, 4, ByOfficer},
		"the only officer by an admin":            {pieter, []Staff{pieter, anna}, 8, ByAdmin},
		"without an officer by an admin":          {sander, []Staff{sander, anna}, 8, ByAdmin},
		"an admin by the other one":               {anna, []Staff{anna, bert}, 11, ByAdmin},
		"and the other by the first":              {bert, []Staff{anna, bert}, 8, ByAdmin},
		"officer and admin in one, alone":         {staff(1, 0, Privacy, Admin), []Staff{staff(1, 0, Privacy, Admin)}, 0, ByNobody},
		"a firm of one":                           {anna, []Staff{anna}, 0, ByNobody},
		"a firm of one admin and one salesman":    {anna, []Staff{sander, anna}, 0, ByNobody},
		"who left reviews nobody":                 {sander, []Staff{sander, staff(2, 7), pieter}, 4, ByOfficer},
		"a deputy of the manager":                 {sander, []Staff{sander, away(marit, 4), pieter}, 4, ByDeputy},
		"a deputy who is reviewed himself":        {fatima, []Staff{away(marit, 10), pieter, fatima}, 4, ByOfficer},
		"a deputy who may not":                    {sander, []Staff{sander, away(marit, 9), pieter, arend}, 4, ByOfficer},
		"a deputy who is away too":                {sander, []Staff{sander, away(marit, 3), away(second, 2), pieter}, 4, ByOfficer},
		"an officer's deputy being that officer":  {pieter, []Staff{pieter, away(petra, 4), anna}, 8, ByAdmin},
	} {
		got, by := Reviewer(c.person, c.all)
		if got != c.want || by != c.by {
			t.Errorf("%s: %d (%s), want %d (%s)", name, got, by, c.want, c.by)
		}
		if got == c.person.ID {
			t.Errorf("%s: reviews himself", name)
		}
	}
}

// Whoever is in the firm, nobody ever reviews himself, and somebody does
// wherever two could.
func TestReviewer_everyFirm(t *testing.T) {
	kinds := [][]Role{nil, {Sales}, {Manager}, {Privacy}, {Admin}, {Manager, Admin}, {Privacy, Admin}}
	const people, teams, deputies = 3, 2, 2
	each := len(kinds) * teams * deputies
	for n := range each * each * each {
		var all []Staff
		for i := range int32(people) {
			k := n % each
			n /= each
			s := Staff{ID: i + 1, Roles: kinds[k%len(kinds)], Team: int32(k / len(kinds) % teams)}
			if k/len(kinds)/teams == 1 {
				s.Deputy = (i+1)%people + 1
			}
			all = append(all, s)
		}
		for _, p := range all {
			got, by := Reviewer(p, all)
			if got == p.ID {
				t.Fatalf("%+v: %d reviews himself", all, got)
			}
			if by == ByNobody && here(p, all) {
				t.Fatalf("%+v: nobody reviews %d", all, p.ID)
			}
		}
	}
}

// here says whether another officer or admin is there.
func here(p Staff, all []Staff) bool {
	for _, s := range all {
		if s.ID != p.ID && s.Deputy == 0 && (s.holds(Privacy) || s.holds(Admin)) {
			return true
		}
	}
	return false
}

func TestMayDecide(t *testing.T) {
	marit := Actor{ID: 2, Role: Manager}
	pieter := Actor{ID: 4, Role: Privacy}
	anna := Actor{ID: 8, Role: Admin}
	for name, c := range map[string]struct {
		actor Actor
		c     ReviewCase
		want  Kind
	}{
		"the reviewer":                {marit, ReviewCase{Person: 1, Reviewer: 2}, Internal},
		"the reviewer again":          {marit, ReviewCase{Person: 1, Reviewer: 2, Decided: 2}, Internal},
		"oneself":                     {marit, ReviewCase{Person: 2, Reviewer: 2, Level: 2}, Denied},
		"an officer on himself":       {pieter, ReviewCase{Person: 4, Reviewer: 8, Level: 2}, Denied},
		"another's":                   {marit, ReviewCase{Person: 1, Reviewer: 3}, Absent},
		"another's, escalated":        {marit, ReviewCase{Person: 1, Reviewer: 3, Level: 2}, Absent},
		"the officer too early":       {pieter, ReviewCase{Person: 1, Reviewer: 2}, Denied},
		"the officer in time":         {pieter, ReviewCase{Person: 1, Reviewer: 2, Level: EscalatedToOfficer}, Internal},
		"the admin too early":         {anna, ReviewCase{Person: 1, Reviewer: 2, Level: EscalatedToOfficer}, Denied},
		"the admin in time":           {anna, ReviewCase{Person: 1, Reviewer: 2, Level: EscalatedToAdmin}, Internal},
		"the admin as the reviewer":   {anna, ReviewCase{Person: 4, Reviewer: 8}, Internal},
		"what another decided":        {pieter, ReviewCase{Person: 1, Reviewer: 4, Decided: 2}, Conflict},
		"what is signed":              {marit, ReviewCase{Person: 1, Reviewer: 2, Signed: true}, Conflict},
		"the reviewer as a salesman":  {Actor{ID: 2, Role: Sales}, ReviewCase{Person: 1, Reviewer: 2}, Denied},
		"the reviewer as an auditor":  {Actor{ID: 2, Role: Auditor}, ReviewCase{Person: 1, Reviewer: 2}, Denied},
		"who came to another role":    {Actor{ID: 2, Role: Admin}, ReviewCase{Person: 1, Reviewer: 2}, Internal},
		"an admin's own, as officer":  {Actor{ID: 8, Role: Privacy}, ReviewCase{Person: 8, Reviewer: 4, Level: 1}, Denied},
		"the officer where nobody is": {pieter, ReviewCase{Person: 1}, Denied},
	} {
		if err := MayDecide(c.actor, c.c); kindOrNone(err) != c.want {
			t.Errorf("%s: %v, want kind %d", name, err, c.want)
		}
	}
}

// kindOrNone gives Internal for no error: none of the rules makes that one.
func kindOrNone(err error) Kind {
	if err == nil {
		return Internal
	}
	return KindOf(err)
}

func TestMayAssign(t *testing.T) {
	marit, pieter := Actor{ID: 2, Role: Manager}, Actor{ID: 4, Role: Privacy}
	manager, seller := staff(3, 7, Manager), staff(1, 7, Sales)
	for name, c := range map[string]struct {
		actor Actor
		c     ReviewCase
		to    Staff
		want  Kind
	}{
		"the own work":             {marit, ReviewCase{Person: 1, Reviewer: 2}, manager, Internal},
		"another's work":           {marit, ReviewCase{Person: 1, Reviewer: 3}, manager, Absent},
		"by the officer":           {pieter, ReviewCase{Person: 1, Reviewer: 2}, manager, Internal},
		"to oneself":               {pieter, ReviewCase{Person: 1, Reviewer: 2}, staff(4, 0, Privacy), Internal},
		"the review of oneself":    {pieter, ReviewCase{Person: 4, Reviewer: 2}, manager, Denied},
		"to the one reviewed":      {pieter, ReviewCase{Person: 3, Reviewer: 2}, manager, Denied},
		"to a salesman":            {pieter, ReviewCase{Person: 9, Reviewer: 2}, seller, Invalid},
		"to one who has left":      {pieter, ReviewCase{Person: 9, Reviewer: 2}, staff(3, 7), Invalid},
		"what is decided":          {pieter, ReviewCase{Person: 1, Reviewer: 2, Decided: 2}, manager, Conflict},
		"what is signed":           {pieter, ReviewCase{Person: 1, Reviewer: 2, Signed: true}, manager, Conflict},
		"by the auditor, who sees": {Actor{ID: 9, Role: Auditor}, ReviewCase{Person: 1, Reviewer: 2}, manager, Denied},
	} {
		if err := MayAssign(c.actor, c.c, c.to); kindOrNone(err) != c.want {
			t.Errorf("%s: %v, want kind %d", name, err, c.want)
		}
	}
}

func TestMayChange(t *testing.T) {
	now := time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC)
	at := func(days int) *time.Time { d := now.AddDate(0, 0, days); return &d }
	for name, c := range map[string]struct {
		until  *time.Time
		change ReviewChange
		want   Kind
	}{
		"an end":                  {nil, ReviewChange{Until: at(9)}, Internal},
		"an earlier end":          {at(9), ReviewChange{Until: at(3)}, Internal},
		"a later end":             {at(9), ReviewChange{Until: at(10)}, Invalid},
		"an end in the past":      {nil, ReviewChange{Until: at(-1)}, Invalid},
		"another role":            {nil, ReviewChange{Role: Finance}, Internal},
		"the same role":           {nil, ReviewChange{Role: Sales}, Invalid},
		"admin":                   {nil, ReviewChange{Role: Admin}, Denied},
		"privacy officer":         {nil, ReviewChange{Role: Privacy}, Denied},
		"a role that is none":     {nil, ReviewChange{Role: "boss"}, Invalid},
		"a role of the program":   {nil, ReviewChange{Role: Clock}, Invalid},
		"nothing":                 {nil, ReviewChange{}, Invalid},
		"a role and an end":       {nil, ReviewChange{Role: Finance, Until: at(3)}, Invalid},
		"the same end once again": {at(9), ReviewChange{Until: at(9)}, Internal},
	} {
		if err := MayChange(Sales, c.until, c.change, now); kindOrNone(err) != c.want {
			t.Errorf("%s: %v, want kind %d", name, err, c.want)
		}
	}
}

func TestReviewUse(t *testing.T) {
	from := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	old, during := from.AddDate(0, -9, 0), from.AddDate(0, 1, 0)
	for name, c := range map[string]struct {
		use          ReviewUse
		unused, more bool
	}{
		"as usual":               {ReviewUse{Viewed: 412, Usual: 380, Known: true, LastUsed: during, Since: old, From: from}, false, false},
		"much more":              {ReviewUse{Viewed: 1904, Usual: 350, Known: true, LastUsed: during, Since: old, From: from}, false, true},
		"twice of little":        {ReviewUse{Viewed: 9, Usual: 3, Known: true, LastUsed: during, Since: old, From: from}, false, false},
		"nothing is usual yet":   {ReviewUse{Viewed: 1904, LastUsed: during, Since: old, From: from}, false, false},
		"from nothing to many":   {ReviewUse{Viewed: 50, Known: true, LastUsed: during, Since: old, From: from}, false, true},
		"never used":             {ReviewUse{Since: old, From: from}, true, false},
		"last used long ago":     {ReviewUse{LastUsed: from.Add(-time.Hour), Since: old, From: from}, true, false},
		"given in the quarter":   {ReviewUse{Since: during, From: from}, false, false},
		"used at its first hour": {ReviewUse{LastUsed: from, Since: old, From: from}, false, false},
	} {
		c.use.From = from
		if c.use.Unused() != c.unused || c.use.More() != c.more {
			t.Errorf("%s: unused %v, more %v", name, c.use.Unused(), c.use.More())
		}
	}
}

func TestUsual(t *testing.T) {
	for name, c := range map[string]struct {
		own, others []int
		want        int
		known       bool
	}{
		"nothing":        {nil, nil, 0, false},
		"the own middle": {[]int{9, 1, 5}, []int{100}, 5, true},
		"two middles":    {[]int{4, 1, 2, 900}, nil, 3, true},
		"others only":    {nil, []int{10, 30, 20}, 20, true},
		"too few others": {nil, []int{10, 30}, 0, false},
		"one of nothing": {[]int{0}, []int{100}, 0, true},
	} {
		if got, known := Usual(c.own, c.others); got != c.want || known != c.known {
			t.Errorf("%s: %d %v, want %d", name, got, known, c.want)
		}
	}
}

func TestReviewLevel(t *testing.T) {
	for days, want := range map[float64]int{21: 0, 5.1: 0, 5: EscalatedToOfficer, 2.5: EscalatedToOfficer, 2: EscalatedToAdmin, -1: EscalatedToAdmin} {
		left := time.Duration(days * 24 * float64(time.Hour))
		if got := ReviewLevel(left, 5, 2); got != want {
			t.Errorf("%v days before: level %d, want %d", days, got, want)
		}
	}
	if ReviewGrave(73*time.Hour) || !ReviewGrave(72*time.Hour) {
		t.Error("the last three days are grave, no more")
	}
}
