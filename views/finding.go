package views

import tea "charm.land/bubbletea/v2"

// finding is the search of a list: what is typed after "/" narrows it, enter
// goes back to the list.
type finding struct {
	find   *input
	typing bool
}

func newFinding(text string) finding { return finding{find: newInput(text)} }

// Typing says that letters are text now.
func (f *finding) Typing() bool { return f.typing }

// search takes a key or a paste, and says whether another text is sought now.
func (f *finding) search(msg tea.Msg) bool {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter", "up", "down":
			f.typing = false
			return false
		}
	}
	return f.find.Update(msg)
}

// stop ends the search, and says whether there was one.
func (f *finding) stop() bool {
	if !f.typing && f.find.value() == "" {
		return false
	}
	f.typing = false
	f.find.set("")
	return true
}

// paging remembers where the pages before the one shown begin.
type paging[C any] struct{ back []C }

// older goes on to the page after at, which begins at next.
func (p *paging[C]) older(at *C, next C) {
	p.back = append(p.back, *at)
	*at = next
}

// newer goes back one page, if there is one.
func (p *paging[C]) newer(at *C) bool {
	last := len(p.back) - 1
	if last < 0 {
		return false
	}
	*at, p.back = p.back[last], p.back[:last]
	return true
}
