package screen

import (
	"errors"
	"fmt"
	"reflect"
	"runtime/debug"

	tea "charm.land/bubbletea/v2"

	"balie/policy"
)

// ErrPanic is what Run returns after a panic in the model or in a command.
var ErrPanic = errors.New("the program panicked")

// guard runs fn so that a panic in it ends this session and no other. bubbletea
// would contain it as well, but prints its value, which may hold what a person
// typed, to the server's stderr.
func (s *Screen) guard(fn func()) {
	defer func() {
		if r := recover(); r != nil {
			s.stop(fmt.Errorf("%w: %s\n%s", ErrPanic, policy.PanicText(r), debug.Stack()))
		}
	}()
	fn()
}

// contain guards a command and those that it brings: bubbletea runs each of a
// batch or a sequence by itself. The sequence's type isn't exported.
func (s *Screen) contain(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		s.guard(func() { msg = s.containAll(cmd()) })
		return msg
	}
}

func (s *Screen) containAll(msg tea.Msg) tea.Msg {
	list := reflect.ValueOf(msg)
	if list.Kind() != reflect.Slice || list.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return msg
	}
	for i := range list.Len() {
		list.Index(i).Set(reflect.ValueOf(s.contain(list.Index(i).Interface().(tea.Cmd))))
	}
	return msg
}
