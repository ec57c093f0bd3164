package views

import (
	"context"
	"log/slog"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy"
	"balie/views/screen"
)

// JoinActs are the acts of joining, all of *ops.Ops.
type JoinActs interface {
	StartJoin(context.Context, ops.Invited) (ops.Joining, error)
	ConfirmJoin(context.Context, ops.Joining, policy.Sealed) ([]policy.Sealed, error)
}

var _ JoinActs = (*ops.Ops)(nil)

// JoinSession is what the server knows of one who holds an invitation and the
// key that came with it.
type JoinSession struct {
	Ctx     context.Context // ends with the session; commands run under it
	Ops     JoinActs
	Invited ops.Invited
	Lang    string // "nl" or "en"

	Width, Height int
	Dark          bool
	NoColor       bool
	ASCII         bool

	Host string // as people call it
	Log  *slog.Logger
}

// NewJoin is the program for a new colleague: the secret for the phone, a code
// to prove that it arrived, and the recovery codes. Until that proof nothing is
// stored, so that a cut connection leaves the invitation as it was.
func NewJoin(s *JoinSession) screen.Model {
	k := newKit(&Session{
		Ctx: s.Ctx, Lang: s.Lang, Width: s.Width, Height: s.Height,
		Dark: s.Dark, NoColor: s.NoColor, ASCII: s.ASCII, Host: s.Host, Log: s.Log,
	})
	return &joinView{secretPane: secretPane{kit: k}, acts: s.Ops, invited: s.Invited}
}

// joinStep is how far somebody has come.
type joinStep int

const (
	joinPreparing joinStep = iota
	joinProving            // the secret is shown, a code is wanted
	joinWriting            // the recovery codes are shown
	joinDone
	joinFailed
)

type joinView struct {
	secretPane
	acts    JoinActs
	invited ops.Invited
	step    joinStep
	joining ops.Joining
	codes   []policy.Sealed
}

func (j *joinView) Init() tea.Cmd {
	return ask(j.kit, &j.asks, func(ctx context.Context) (ops.Joining, error) {
		return j.acts.StartJoin(ctx, j.invited)
	}, j.started)
}

func (j *joinView) started(joining ops.Joining, err error) tea.Cmd {
	if err == nil {
		err = j.hold(joining.Secret, joining.URL)
	}
	if err != nil {
		j.step, j.wrong = joinFailed, j.kit.sentence(err)
		return nil
	}
	j.step, j.joining = joinProving, joining
	return nil
}

func (j *joinView) Update(msg tea.Msg) (screen.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		j.kit.Width, j.kit.Height = msg.Width, msg.Height
	case answerMsg:
		return j, j.kit.answered(msg)
	case tea.PasteMsg:
		if j.step == joinProving {
			j.typeDigits(msg.Content)
		}
	case tea.KeyPressMsg:
		return j, j.press(msg)
	}
	return j, nil
}

func (j *joinView) press(key tea.KeyPressMsg) tea.Cmd {
	name := key.String()
	if name == "ctrl+c" || name == "esc" && j.step != joinWriting {
		return tea.Quit
	}
	switch j.step {
	case joinProving:
		if code, ready := j.secretPane.press(name, key.Text); ready {
			return j.confirm(code)
		}
	case joinWriting:
		if name == "y" || name == j.kit.t.YesKey {
			j.step, j.codes = joinDone, nil
		}
	case joinDone:
		if name == "enter" || name == "q" {
			return tea.Quit
		}
	}
	return nil
}

func (j *joinView) confirm(code policy.Sealed) tea.Cmd {
	joining := j.joining
	return ask(j.kit, &j.asks, func(ctx context.Context) ([]policy.Sealed, error) {
		return j.acts.ConfirmJoin(ctx, joining, code)
	}, j.confirmed)
}

// confirmed goes on, or keeps the secret on the screen for another try.
func (j *joinView) confirmed(codes []policy.Sealed, err error) tea.Cmd {
	if err != nil {
		j.wrong = j.kit.sentence(err)
		return nil
	}
	j.step, j.codes, j.wrong = joinWriting, codes, ""
	return nil
}

// grouped writes a secret in groups of four, which the eye can keep.
func grouped(s string) string {
	var groups []string
	for ; len(s) > 4; s = s[4:] {
		groups = append(groups, s[:4])
	}
	return strings.Join(append(groups, s), " ")
}
