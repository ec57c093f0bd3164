package views

import tea "charm.land/bubbletea/v2"

// view is one screen. View gives at most height lines; the app cuts and pads
// them. Update only routes: what takes time goes into commands.
type view interface {
	Init() tea.Cmd
	Update(tea.Msg) tea.Cmd
	View(width, height int) string
	Title() string
	Keys() []binding
}

// What a view may be besides.
type (
	// typer takes letters as text now, so they are no keys of the app.
	typer interface{ Typing() bool }
	// paster takes what is pasted while letters are keys.
	paster interface{ Pastes() bool }
	// cursored shows the cursor, at a place inside its own View.
	cursored interface{ Cursor() (x, y int, ok bool) }
	// drafter holds what would be lost by leaving.
	drafter interface{ Draft() bool }
	// escaper does something else first when Escape is pressed.
	escaper interface {
		Escape() (cmd tea.Cmd, done bool)
	}
	// waker looks again at what may have changed when it comes back on top.
	waker interface{ Wake() tea.Cmd }
	// leaver ends what it began when it is closed.
	leaver interface{ Leave() }
)

// binding is one key as the footer and the help show it.
type binding struct {
	key, text string
	off       string // why it does nothing now; "" when it does
}

func on(key, text string) binding { return binding{key: key, text: text} }

// unless gives a binding the reason why it can't be used.
func (b binding) unless(ok bool, why string) binding {
	if !ok {
		b.off = why
	}
	return b
}

type (
	openMsg   struct{ view view }     // on top of what is there
	goMsg     struct{ view view }     // instead of everything but home
	closeMsg  struct{ view view }     // if it is on top
	swapMsg   struct{ old, new view } // new in the place of old
	dialogMsg struct{ dialog dialog }
	noteMsg   struct {
		kind noteKind
		text string
	}
	wornMsg struct{} // the role, the language or the colours changed
)

type noteKind int

const (
	noteGood noteKind = iota
	noteWarn
	noteBad
)

func send(msg tea.Msg) tea.Cmd               { return func() tea.Msg { return msg } }
func open(v view) tea.Cmd                    { return send(openMsg{v}) }
func goTo(v view) tea.Cmd                    { return send(goMsg{v}) }
func closeView(v view) tea.Cmd               { return send(closeMsg{v}) }
func replace(old, new view) tea.Cmd          { return send(swapMsg{old, new}) }
func show(d dialog) tea.Cmd                  { return send(dialogMsg{d}) }
func notify(k noteKind, text string) tea.Cmd { return send(noteMsg{k, text}) }

// dialog is a drawer at the bottom of a screen that takes all keys until it is
// done. View gives its lines; it is asked for at most height of them.
type dialog interface {
	Update(tea.Msg) (done bool, cmd tea.Cmd)
	View(width, height int) []string
	Cursor() (x, y int, ok bool)
}
