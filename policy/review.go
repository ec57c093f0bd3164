package policy

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Decision is what became of a grant in an access review.
type Decision string

// The decisions: the first three a reviewer makes, the rest come by themselves.
const (
	Undecided Decision = ""
	Confirmed Decision = "confirm"
	Changed   Decision = "change"
	Revoked   Decision = "revoke"
	Suspended Decision = "suspended" // nobody confirmed it in time
	Kept      Decision = "kept"      // unconfirmed, but without it nobody could let people in, or nobody could review it
	Ended     Decision = "ended"     // it ended by other means before anybody decided
)

// ReviewBy says on what ground somebody reviews a colleague.
type ReviewBy string

// The grounds.
const (
	ByManager ReviewBy = "manager"  // of the colleague's team
	ByOfficer ReviewBy = "officer"  // the privacy officer
	ByAdmin   ReviewBy = "admin"    // there is no other officer
	ByDeputy  ReviewBy = "deputy"   // stands in for one who is away
	Assigned  ReviewBy = "assigned" // by hand
	ByNobody  ReviewBy = "nobody"   // there is nobody else
)

// Staff is a colleague as far as the choice of a reviewer needs it.
type Staff struct {
	ID     int32
	Team   int32  // 0 for none
	Roles  []Role // that can be worn now; none for one who has left
	Deputy int32  // who stands in while this one is away; 0 when here
}

func (s Staff) holds(r Role) bool { return slices.Contains(s.Roles, r) }

// CanReview says whether a colleague holds a role in which access is reviewed.
func (s Staff) CanReview() bool { return s.holds(Manager) || s.holds(Privacy) || s.holds(Admin) }

// Reviewer chooses who reviews the access of person: the team's manager; for
// who has none, and for those who review others themselves, the privacy
// officer; for the only officer an admin. Nobody reviews himself; 0 when nobody
// else is there. all is in order of number: of several officers the next one
// reviews, round, so that three don't review each other in pairs.
func Reviewer(person Staff, all []Staff) (int32, ReviewBy) {
	steps := []struct {
		role Role
		by   ReviewBy
		fits func(Staff) bool
	}{
		{Manager, ByManager, func(s Staff) bool { return !person.CanReview() && person.Team != 0 && s.Team == person.Team }},
		{Privacy, ByOfficer, func(Staff) bool { return true }},
		{Admin, ByAdmin, func(Staff) bool { return true }},
	}
	for _, step := range steps {
		for _, s := range after(person.ID, all) {
			if !s.holds(step.role) || !step.fits(s) {
				continue
			}
			if id, deputed := standIn(s, person.ID, all); deputed {
				return id, ByDeputy
			} else if id != 0 {
				return id, step.by
			}
		}
	}
	return 0, ByNobody
}

// after gives everybody but person, beginning with the next number.
func after(person int32, all []Staff) []Staff {
	var later, earlier []Staff
	for _, s := range all {
		switch {
		case s.ID > person:
			later = append(later, s)
		case s.ID < person:
			earlier = append(earlier, s)
		}
	}
	return append(later, earlier...)
}

// standIn is who reviews in the place of s: the deputy while s is away. A
// deputy who may not, or is the one reviewed, leaves nobody.
func standIn(s Staff, person int32, all []Staff) (id int32, deputed bool) {
	if s.Deputy == 0 {
		return s.ID, false
	}
	for _, d := range all {
		if d.ID == s.Deputy && d.ID != person && d.Deputy == 0 && d.CanReview() {
			return d.ID, true
		}
	}
	return 0, false
}

// ReviewCase is a grant under review as far as the right to decide on it needs.
type ReviewCase struct {
	Person   int32
	Reviewer int32 // 0: nobody yet
	Decided  int32 // who decided on it; 0: nobody yet
	Level    int   // how far it was escalated: see EscalatedToOfficer
	Signed   bool  // or the review is closed
}

// How far an undecided grant is escalated as the due date comes near.
const (
	EscalatedToOfficer = 1 // an officer may decide too
	EscalatedToAdmin   = 2 // and an admin
)

// MayDecide says whether actor may decide on a grant, or take the own decision
// on it back.
func MayDecide(actor Actor, c ReviewCase) error {
	if err := touch(actor, ReviewDecide, c); err != nil {
		return err
	}
	if c.Decided != 0 && c.Decided != actor.ID {
		return Errorf(Conflict, "Somebody else has decided on this already: look again.")
	}
	switch {
	case c.Reviewer == actor.ID,
		actor.Role == Privacy && c.Level >= EscalatedToOfficer,
		actor.Role == Admin && c.Level >= EscalatedToAdmin:
		return nil
	case actor.Role == Manager:
		return ErrAbsent()
	}
	return Errorf(Denied, "Another colleague reviews this: assign it to yourself first, which the review records.")
}

// MayAssign says whether actor may give a grant to another reviewer.
func MayAssign(actor Actor, c ReviewCase, to Staff) error {
	if err := touch(actor, ReviewAssign, c); err != nil {
		return err
	}
	switch {
	case actor.Role == Manager && c.Reviewer != actor.ID:
		return ErrAbsent()
	case c.Decided != 0:
		return Errorf(Conflict, "Somebody else has decided on this already: look again.")
	case to.ID == c.Person:
		return Errorf(Denied, "Nobody reviews his own access: choose another colleague.")
	case !to.CanReview():
		return Errorf(Invalid, "A reviewer is a manager, a privacy officer or an admin: choose another colleague.").On("to")
	}
	return nil
}

// touch holds what is common to all acts on a grant under review.
func touch(actor Actor, act Act, c ReviewCase) error {
	if err := Can(actor, act, Resource{}); err != nil {
		return err
	}
	if c.Person == actor.ID {
		return Errorf(Denied, "Nobody reviews his own access: another colleague decides on it.")
	}
	if c.Signed {
		return Errorf(Conflict, "This is signed and can't be changed any more; an admin can still change the grant itself.")
	}
	return nil
}

// ReviewChange is what a reviewer makes of a grant: another role, or an end.
type ReviewChange struct {
	Role  Role       // "" to keep it
	Until *time.Time // nil to keep it
}

// MayChange says whether a change only takes away. What adds power is an
// admin's, outside of the review: another role waits for one to agree.
func MayChange(role Role, until *time.Time, change ReviewChange, now time.Time) error {
	switch {
	case (change.Role == "") == (change.Until == nil):
		return Errorf(Invalid, "Choose another role, or an earlier end: one of the two.")
	case change.Until != nil && !change.Until.After(now):
		return Errorf(Invalid, "The end of a grant must be in the future.").On("until")
	case change.Until != nil && until != nil && change.Until.After(*until):
		return Errorf(Invalid, "A review can only bring the end of a grant nearer: an admin gives more time.").On("until")
	case change.Role == role:
		return Errorf(Invalid, "This is the role it is already: choose another one.").On("role")
	case change.Role == Admin || change.Role == Privacy:
		return Errorf(Denied, "A review does not make anybody admin or privacy officer: an admin grants that.").On("role")
	case change.Role != "":
		_, err := ParseRole(string(change.Role))
		return err
	}
	return nil
}

// ReviewUse is how a grant was used, and how it is used usually.
type ReviewUse struct {
	Viewed   int       // subjects whose data were seen in the quarter
	Usual    int       // what is usual
	Known    bool      // whether anything is usual yet
	LastUsed time.Time // zero for never
	Since    time.Time // of the grant
	From     time.Time // of the quarter looked at
}

// Unused says that a grant which stood the whole quarter was not used in it.
func (u ReviewUse) Unused() bool { return u.Since.Before(u.From) && u.LastUsed.Before(u.From) }

// muchMore is what lifts a number above chance: twice the usual, and fifty.
const muchMore = 50

// More says that much more was seen than is usual.
func (u ReviewUse) More() bool {
	return u.Known && u.Viewed >= 2*u.Usual && u.Viewed-u.Usual >= muchMore
}

// fewest is from how many others on their middle says something.
const fewest = 3

// Usual is the middle of what was seen in the own earlier quarters, else of
// what others in the role saw in this one.
func Usual(own, others []int) (usual int, known bool) {
	if len(own) > 0 {
		return median(own), true
	}
	if len(others) >= fewest {
		return median(others), true
	}
	return 0, false
}

func median(numbers []int) int {
	sorted := slices.Sorted(slices.Values(numbers))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// reviewGraveDays is when open work begins to press.
const reviewGraveDays = 3

// ReviewGrave says whether so little is left that open work stands out.
func ReviewGrave(left time.Duration) bool { return left <= reviewGraveDays*24*time.Hour }

// ReviewLevel is how far an undecided grant is escalated when left remains
// until the due date, by the two settings in days.
func ReviewLevel(left time.Duration, officer, admin int) int {
	const day = 24 * time.Hour
	switch {
	case left <= time.Duration(admin)*day:
		return EscalatedToAdmin
	case left <= time.Duration(officer)*day:
		return EscalatedToOfficer
	}
	return 0
}

// ActsOf are the acts that a role allows, in the order of Acts.
func ActsOf(role Role) []Act {
	var acts []Act
	for _, a := range Acts {
		if matrix[a][role] != toNothing {
			acts = append(acts, a)
		}
	}
	return acts
}

// ReviewName is what people call a review: the quarter, as Q4 2026, or its
// number.
func ReviewName(period string, id int) string {
	if year, quarter, ok := strings.Cut(period, "-"); ok {
		return quarter + " " + year
	}
	return "#" + strconv.Itoa(id)
}

// OfOneself says whether an act is one that every role has for its own account,
// and so tells nothing of what a role is needed for.
func OfOneself(act Act) bool {
	kind, _, _ := strings.Cut(string(act), ".")
	return slices.Contains([]string{"profile", "attention", "session", "signin", "signout", "join"}, kind)
}
