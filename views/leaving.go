package views

import (
	"fmt"
	"time"

	"balie/policy"
)

// leavingShown is how long ahead a list says that somebody's term ends.
const leavingShown = 183 * 24 * time.Hour

// leavesIn is how long until the term of that status ends, short enough for a column;
// nothing while that is far off.
func (k *kit) leavesIn(s policy.Status, lastActivity time.Time) cell {
	on := k.schedule.LeavesOn(s, lastActivity.In(k.Zone))
	if on.IsZero() {
		return cell{} // its rule counts from something else
	}
	left := on.Sub(k.Now())
	days := int(left / (24 * time.Hour))
	switch {
	case left < 0:
		return cell{k.t.TermOver, k.st.danger}
	case days == 0:
		return cell{k.t.LastDay, k.st.due}
	case days < 14:
		return cell{fmt.Sprintf(k.t.LeavesDays, days), k.st.due}
	case left < policy.LeavingSoon:
		return cell{fmt.Sprintf(k.t.LeavesWeeks, days/7), k.st.due}
	case left < leavingShown:
		return cell{fmt.Sprintf(k.t.LeavesMonths, days/30), k.st.faint}
	}
	return cell{}
}

// leavesOn is the date on which the term of that status ends or ended.
func (k *kit) leavesOn(s policy.Status, lastActivity time.Time) cell {
	return k.endsOn(k.schedule.LeavesOn(s, lastActivity.In(k.Zone)))
}

func (k *kit) endsOn(end time.Time) cell {
	switch left := end.Sub(k.Now()); {
	case end.IsZero():
		return cell{k.t.Retention.NoEnd, k.st.faint}
	case left < 0:
		return cell{fmt.Sprintf(k.t.OverSince, k.day(end)), k.st.danger}
	case left < policy.LeavingSoon:
		return cell{fmt.Sprintf(k.t.LeavesOn, k.day(end)), k.st.due}
	default:
		return cell{fmt.Sprintf(k.t.LeavesOn, k.day(end)), ""}
	}
}
