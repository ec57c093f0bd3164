package views

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/views/screen"
)

// app is the program: a stack of screens under one header and footer, and at
// times a dialog on top.
type app struct {
	kit     *kit
	stack   []view
	last    view // the one left most recently, for "-"
	dialog  dialog
	helping bool
	note    noteMsg
	width   int
	height  int
	ahead   ahead
	following
}

// minuteMsg moves the clock on.
type minuteMsg struct{}

func newApp(s *Session) *app {
	k := newKit(s)
	return &app{kit: k, width: k.Width, height: k.Height}
}

func (a *app) Init() tea.Cmd { return tea.Batch(a.begin(), a.tick()) }

func (a *app) begin() tea.Cmd {
	home := newHome(a.kit)
	a.stack = []view{home}
	return tea.Batch(a.kit.learn(), home.Init(), a.offerDraft(), a.remind())
}

// tick waits for the next full minute.
func (a *app) tick() tea.Cmd {
	now := a.kit.Now()
	wait := now.Truncate(time.Minute).Add(time.Minute).Sub(now)
	return tea.Tick(wait, func(time.Time) tea.Msg { return minuteMsg{} })
}

func (a *app) Update(msg tea.Msg) (screen.Model, tea.Cmd) {
	cmd := a.inTurn(msg)
	return a, tea.Batch(cmd, a.live(msg))
}

func (a *app) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = msg.Width, msg.Height
		return nil
	case tea.KeyPressMsg:
		return a.press(msg)
	case tea.MouseWheelMsg:
		return a.wheel(msg)
	case tea.PasteMsg, screen.PasteCutMsg:
		return a.pasted(msg)
	case answerMsg:
		return a.kit.answered(msg)
	case colleaguesMsg, tagsMsg, rulesMsg, fieldsMsg, purposesMsg:
		a.kit.learned(msg)
		return a.toTop(msg)
	case noteMsg:
		a.note = msg
		return nil
	case minuteMsg:
		return tea.Batch(a.tick(), a.remind())
	case EndingMsg:
		a.note = noteMsg{noteWarn, a.kit.say(msg.Why)}
		return nil
	case RolesChangedMsg:
		return a.rereadRoles()
	case LiveMsg:
		return a.heard(msg)
	case closeFromMsg:
		return a.closeFrom(msg.view)
	case wornMsg:
		return a.restart()
	}
	return a.navigate(msg)
}

func (a *app) navigate(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case openMsg:
		a.stack = append(a.stack, msg.view)
		return msg.view.Init()
	case goMsg:
		a.leave(a.stack[1:])
		a.stack = append(a.stack[:1:1], msg.view)
		return msg.view.Init()
	case closeMsg:
		if len(a.stack) > 1 && a.top() == msg.view {
			return a.back()
		}
		return nil
	case swapMsg:
		if a.top() == msg.old {
			a.stack[len(a.stack)-1] = msg.new
			return msg.new.Init()
		}
		return nil
	case dialogMsg:
		a.dialog = msg.dialog
		return nil
	}
	return a.toTop(msg)
}

func (a *app) top() view { return a.stack[len(a.stack)-1] }

func (a *app) toTop(msg tea.Msg) tea.Cmd { return a.top().Update(msg) }

// back closes the screen on top.
func (a *app) back() tea.Cmd {
	if len(a.stack) == 1 {
		return nil
	}
	if a.last = a.top(); a.typing() {
		a.last = nil // a form that was left is over
	}
	a.leave(a.stack[len(a.stack)-1:])
	a.stack = a.stack[:len(a.stack)-1]
	return a.wake()
}

func (a *app) wake() tea.Cmd {
	if w, ok := a.top().(waker); ok {
		return w.Wake()
	}
	return nil
}

func (a *app) leave(views []view) {
	for _, v := range views {
		if l, ok := v.(leaver); ok {
			l.Leave()
		}
	}
}

// swap goes to the screen that was left last, and back again.
func (a *app) swap() tea.Cmd {
	if a.last == nil {
		return a.back()
	}
	v := a.last
	if a.last = nil; len(a.stack) > 1 {
		a.last = a.top()
	}
	a.stack = append(a.stack, v)
	return a.wake()
}

// restart begins at home again, under another role, language or colours.
func (a *app) restart() tea.Cmd {
	a.leave(a.stack)
	a.last, a.dialog, a.helping, a.kit.repeat = nil, nil, false, nil
	home := newHome(a.kit)
	a.stack = []view{home}
	return tea.Batch(a.kit.learn(), home.Init())
}

// rereadRoles asks which roles are held now.
func (a *app) rereadRoles() tea.Cmd {
	actor := a.kit.Actor
	return ask(a.kit, &a.kit.lately, rolesOf(a.kit.Ops, actor), a.tookRoles)
}
