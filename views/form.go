package views

import tea "charm.land/bubbletea/v2"

// field is one question of a form: a line of text, or one of a few choices.
type field struct {
	name    string // as in policy's errors
	label   string
	hint    string // shown while the field is typed in
	head    string // a heading above it
	in      *input // nil for a choice or a button
	options []option
	chosen  int
	press   func() tea.Cmd // what enter does, if not going on
	err     string
	warn    string
	good    string        // how it will be kept
	note    string        // below it while one is there: why it is asked
	shows   func() string // the value of a field that is neither text nor choice
	look    gaze          // whether the guard looks at it
}

func textField(name, label, value string) *field {
	return &field{name: name, label: label, in: newInput(value)}
}

func choiceField(name, label string, options []option, chosen int) *field {
	return &field{name: name, label: label, options: options, chosen: max(chosen, 0)}
}

func (f *field) value() string {
	if f.in != nil {
		return f.in.line().String()
	}
	if f.shows != nil {
		return f.shows()
	}
	if f.chosen < len(f.options) {
		return f.options[f.chosen].text
	}
	return ""
}

// form is a column of fields, all on the keyboard. It is ours and not huh's:
// that one checks on leaving a field rather than as one types, has no place for
// an answer that comes later (a duplicate), and costs milliseconds a key.
type form struct {
	k       *kit
	fields  []*field
	at      int
	top     int
	changed bool
	onLeave func(*field) tea.Cmd // after the cursor left a field
	onType  func(*field)         // after each key in a field: checks
	save    func() tea.Cmd

	cursorX, cursorY int
}

func (f *form) here() *field { return f.fields[f.at] }

func (f *form) field(name string) *field {
	for _, fd := range f.fields {
		if fd.name == name {
			return fd
		}
	}
	return nil
}

// value is a field's value; "" if the form has no such field.
func (f *form) value(name string) string {
	if fd := f.field(name); fd != nil {
		return fd.value()
	}
	return ""
}

// Update takes a key or a paste.
func (f *form) Update(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		if cmd, done := f.press(key.String()); done {
			return cmd
		}
	}
	fd := f.here()
	if fd.in != nil && fd.in.Update(msg) {
		f.typed(fd)
	}
	return nil
}

func (f *form) typed(fd *field) {
	f.changed = true
	fd.err = ""
	if fd.look != notLooked {
		fd.warn = f.k.alarm(fd.value(), fd.look)
	}
	if f.onType != nil {
		f.onType(fd)
	}
}

func (f *form) press(name string) (tea.Cmd, bool) {
	fd := f.here()
	switch name {
	case "ctrl+s":
		return f.save(), true
	case "tab", "down":
		return f.move(1), true
	case "shift+tab", "up":
		return f.move(-1), true
	case "enter":
		if fd.press != nil {
			return fd.press(), true
		}
		if f.at == len(f.fields)-1 {
			return f.save(), true
		}
		return f.move(1), true
	case "left", "right", "space":
		if len(fd.options) > 0 {
			f.turn(fd, name)
			return nil, true
		}
	}
	return nil, false
}

func (f *form) turn(fd *field, name string) {
	step := 1
	if name == "left" {
		step = -1
	}
	fd.chosen = (fd.chosen + step + len(fd.options)) % len(fd.options)
	f.typed(fd)
}

func (f *form) move(by int) tea.Cmd {
	left := f.here()
	f.at = (f.at + by + len(f.fields)) % len(f.fields)
	if f.onLeave != nil {
		return f.onLeave(left)
	}
	return nil
}

// blame puts an error at its field and goes there. It says whether there is
// such a field.
func (f *form) blame(err error) bool {
	for i, fd := range f.fields {
		if fd.name == fieldOf(err) && fd.name != "" {
			fd.err = f.k.sentence(err)
			f.at = i
			return true
		}
	}
	return false
}
