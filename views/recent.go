package views

import (
	"slices"
	"time"

	"balie/db"
	"balie/policy/text"
)

// recent is a customer that was opened in this session.
type recent struct {
	id      int64
	name    text.Line
	company text.Line
	at      time.Time
}

// maxRecents is how many are remembered.
const maxRecents = 10

func (k *kit) opened(c db.Customer) {
	k.recents = slices.DeleteFunc(k.recents, func(r recent) bool { return r.id == c.ID })
	r := recent{id: c.ID, name: c.Name(), at: k.Now()}
	if len(c.Companies) > 0 {
		r.company = c.Companies[0].Name
	}
	k.recents = append([]recent{r}, k.recents...)
	k.recents = k.recents[:min(len(k.recents), maxRecents)]
}

// changedMsg tells the screen on top that a customer is another now, or with
// 0 that several are.
type changedMsg struct{ id int64 }
