package server

import "sync"

// places counts open channels per person and in all.
type places struct {
	limits Limits

	mu      sync.Mutex
	persons map[int32]int
	all     int
}

// take gives a place, or false when there is none. Those who are joining share
// person 0, and so can't fill the house either.
func (p *places) take(person int32) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.all >= p.limits.Sessions || p.persons[person] >= p.limits.PerPerson {
		return false
	}
	p.all++
	p.persons[person]++
	return true
}

func (p *places) leave(person int32) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all--
	if p.persons[person]--; p.persons[person] == 0 {
		delete(p.persons, person)
	}
}
