package db

import (
	"slices"
	"sync"
	"time"

	"balie/policy"
)

const (
	// shownFor is how long a row of the log stands for what stays on the screen:
	// whoever leaves it open all day has a row for each hour of that.
	shownFor = time.Hour
	// A session that looks at more than this is logged anew.
	mostScreens  = 64
	mostSubjects = 20_000
)

// screen is what a session looks at, as the log names it.
type screenKey struct {
	act    policy.Act
	ref    int64
	reason string
}

// shown remembers, for each session, whose data the log says it has on its
// screens. It is filled only by rows that were committed; what it doesn't know
// is logged.
type shown struct {
	mu       sync.Mutex
	sessions map[string]map[screenKey]map[int64]time.Time
}

func keyOf(actor policy.Actor, e Entry) screenKey {
	return screenKey{e.Act, e.Ref, actor.Reason.String()}
}

// add notes a row that was written.
func (s *shown) add(actor policy.Actor, e Entry, now time.Time) {
	if actor.Session == "" || e.Refused || !e.Act.Looks() {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sessions == nil {
		s.sessions = map[string]map[screenKey]map[int64]time.Time{}
	}
	screens, key := s.sessions[actor.Session], keyOf(actor, e)
	if screens == nil || len(screens) >= mostScreens && screens[key] == nil {
		screens = map[screenKey]map[int64]time.Time{}
		s.sessions[actor.Session] = screens
	}
	if screens[key] == nil || len(screens[key])+len(e.Subjects) > mostSubjects {
		screens[key] = map[int64]time.Time{}
	}
	screens[key][0] = now // the screen itself
	for _, id := range e.Subjects {
		screens[key][id] = now
	}
}

// covers says that rows of the last hour tell already all that the entry tells:
// an open screen looked again, and nobody new was shown.
func (s *shown) covers(actor policy.Actor, e Entry, now time.Time) bool {
	if !actor.Again || e.Refused || !e.Act.Looks() {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	on := s.sessions[actor.Session][keyOf(actor, e)]
	fresh := func(id int64) bool { at, ok := on[id]; return ok && now.Sub(at) < shownFor }
	return fresh(0) && !slices.ContainsFunc(e.Subjects, func(id int64) bool { return !fresh(id) })
}

// ForgetSession drops what is remembered of a session that is over.
func (s *Store) ForgetSession(session string) {
	s.shown.mu.Lock()
	defer s.shown.mu.Unlock()
	delete(s.shown.sessions, session)
}
