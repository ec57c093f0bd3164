package views

import (
	"sync"
	"time"
)

// draftLife is how long a draft outlives its session.
const draftLife = 30 * time.Minute

// Drafts keeps what people were typing when their connection ended, in memory
// only: one draft per person and form. The server holds one for all sessions.
type Drafts struct {
	mu  sync.Mutex
	all map[draftKey]draft
}

type draftKey struct {
	person int32
	form   string
}

type draft struct {
	title string
	at    time.Time
	state any // what else a screen needs to go on
}

// NewDrafts makes an empty store.
func NewDrafts() *Drafts { return &Drafts{all: map[draftKey]draft{}} }

// keep replaces the person's draft of that form.
func (d *Drafts) keep(person int32, form string, dr draft) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sweep(dr.at)
	d.all[draftKey{person, form}] = dr
}

// find gives the person's draft of that form, if it isn't too old.
func (d *Drafts) find(person int32, form string, now time.Time) (draft, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sweep(now)
	dr, ok := d.all[draftKey{person, form}]
	return dr, ok
}

// newest gives the person's latest draft of any form.
func (d *Drafts) newest(person int32, now time.Time) (form string, dr draft, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sweep(now)
	for k, v := range d.all {
		if k.person == person && (!ok || v.at.After(dr.at)) {
			form, dr, ok = k.form, v, true
		}
	}
	return form, dr, ok
}

func (d *Drafts) forget(person int32, form string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.all, draftKey{person, form})
}

// Forget drops all drafts of a person, as when access was revoked.
func (d *Drafts) Forget(person int32) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for k := range d.all {
		if k.person == person {
			delete(d.all, k)
		}
	}
}

// sweep drops what is too old.
func (d *Drafts) sweep(now time.Time) {
	for k, v := range d.all {
		if now.Sub(v.at) > draftLife {
			delete(d.all, k)
		}
	}
}
