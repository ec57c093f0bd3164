package views

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// shortForm is a form that is a screen of its own and performs one act.
type shortForm struct {
	kit   *kit
	title string
	above func(w int) []string // what to know before filling it in; nil for nothing
	form  *form
	begin func() tea.Cmd // what to look up first; nil for nothing
	looks latest
	does  latest
	y     int
	below string    // what went wrong with no field of its own
	about db.Record // what it changes, so that colleagues hear of it; zero for none
	kept  string    // under which name a draft outlives the connection; "" for none
}

func newShortForm(k *kit, title string, fields []*field) *shortForm {
	return &shortForm{kit: k, title: title, form: &form{k: k, fields: fields}}
}

func (s *shortForm) Title() string { return s.title }

func (s *shortForm) Init() tea.Cmd {
	if s.begin == nil {
		return nil
	}
	return s.begin()
}

func (s *shortForm) Typing() bool { return true }

// Draft says whether leaving would lose something that is worth keeping.
func (s *shortForm) Draft() bool { return s.kept != "" && s.form.changed }

// Escape asks first when something was typed.
func (s *shortForm) Escape() (tea.Cmd, bool) {
	if !s.form.changed {
		return nil, false
	}
	if s.kept != "" {
		return tea.Batch(closeView(s), notify(noteWarn, s.kit.t.DraftLeft)), true
	}
	return show(newConfirm(s.kit, s.kit.t.People.LeaveForm, nil, func() tea.Cmd { return closeView(s) })), true
}

func (s *shortForm) Update(msg tea.Msg) tea.Cmd {
	if s.does.busy {
		return nil
	}
	s.below = ""
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "ctrl+x" && s.Draft() {
		return s.askDiscard()
	}
	return s.form.Update(msg)
}

// askDiscard throws away what was typed, the kept draft too.
func (s *shortForm) askDiscard() tea.Cmd {
	return show(newConfirm(s.kit, s.kit.t.DiscardAsk, nil, func() tea.Cmd {
		s.form.changed = false
		s.kit.Drafts.forget(s.kit.Actor.ID, s.kept)
		return closeView(s)
	}))
}

func (s *shortForm) Keys() []binding {
	keys := []binding{on("tab", s.kit.t.KeyNextField), on("ctrl+s", s.kit.t.KeySave)}
	if s.Draft() {
		keys = append(keys, on("ctrl+x", s.kit.t.KeyDiscard))
	}
	return append(keys, on("esc", s.kit.t.KeyCancel))
}

func (s *shortForm) View(w, height int) string {
	lines := []string{""}
	if s.above != nil {
		lines = append(s.above(w), "")
	}
	s.y = len(lines)
	lines = append(lines, s.form.View(w, max(height-s.y-2, 1)), "")
	switch {
	case s.does.busy:
		lines = append(lines, "  "+s.kit.st.faint.of(s.kit.t.FormSaving))
	case s.below != "":
		lines = append(lines, "  "+s.kit.st.danger.of("! "+cut(s.below, w-4)))
	}
	return join(lines)
}

func (s *shortForm) Cursor() (x, y int, ok bool) {
	x, y, ok = s.form.Cursor()
	return x, y + s.y, ok && !s.does.busy
}

// submit performs act and goes on with then; what is wrong is said at its field.
func submit[T any](s *shortForm, act func(context.Context) (T, error), then func(T) tea.Cmd) tea.Cmd {
	if s.does.busy {
		return nil
	}
	return ask(s.kit, &s.does, act, func(v T, err error) tea.Cmd {
		if err == nil {
			s.form.changed = false
			s.kit.Drafts.forget(s.kit.Actor.ID, s.kept)
			return then(v)
		}
		s.refused(err)
		return nil
	})
}

// refused says what is wrong at its field, or below the form.
func (s *shortForm) refused(err error) {
	if !s.form.blame(err) {
		s.below = s.kit.sentence(err)
	}
}

// instead closes the form and opens what it led to.
func (s *shortForm) instead(next view) tea.Cmd {
	return tea.Sequence(closeView(s), open(next))
}

// until reads the day up to which a grant counts; nothing means for good.
func (s *shortForm) until(value string) (*time.Time, error) {
	if value == "" {
		return nil, nil
	}
	day, err := time.ParseInLocation("2006-01-02", value, s.kit.Zone)
	if err != nil {
		return nil, policy.Errorf(policy.Invalid, s.kit.t.People.BadDate).On("until")
	}
	end := day.AddDate(0, 0, 1) // the day itself counts whole
	return &end, nil
}
