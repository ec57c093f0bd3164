package views

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
)

// handing shows how far a hand-over is. Leaving the screen stops nothing: the
// clock goes on with it.
type handing struct {
	kit       *kit
	departure int32
	far       *progress
	started   time.Time
	running   latest
}

func newHanding(k *kit, departure int32) *handing {
	return &handing{kit: k, departure: departure, far: &progress{}}
}

func (h *handing) Title() string   { return h.kit.t.Leaving.Going }
func (h *handing) Leave()          { h.running.drop() }
func (h *handing) Keys() []binding { return []binding{on("esc", h.kit.t.KeyBack)} }

// handingMsg redraws the bar.
type handingMsg struct{ view *handing }

func (h *handing) tick() tea.Cmd {
	return tea.Tick(200*time.Millisecond, func(time.Time) tea.Msg { return handingMsg{h} })
}

func (h *handing) Init() tea.Cmd {
	h.started = h.kit.Now()
	acts, actor, id, far := h.kit.Ops, h.kit.Actor, h.departure, h.far
	return tea.Batch(h.tick(), ask(h.kit, &h.running, func(ctx context.Context) (db.Departure, error) {
		return acts.HandOn(ctx, actor, id, far.set)
	}, func(d db.Departure, err error) tea.Cmd {
		if err != nil {
			return tea.Batch(closeView(h), h.kit.fail(err))
		}
		return tea.Sequence(closeView(h), h.kit.toldHanded(d))
	}))
}

func (k *kit) toldHanded(d db.Departure) tea.Cmd {
	if d.Handing() && d.Handed < d.Owned {
		return notify(noteWarn, fmt.Sprintf(k.t.Leaving.HandedPart, k.num(int(d.Handed)), k.num(int(d.Owned))))
	}
	return notify(noteGood, fmt.Sprintf(k.t.Leaving.Handed, k.num(int(d.Handed))))
}

func (h *handing) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(handingMsg); ok && m.view == h && h.running.busy {
		return h.tick()
	}
	return nil
}

func (h *handing) View(w, _ int) string {
	return join(h.kit.bar(h.kit.t.Leaving.Going, h.kit.t.Leaving.GoingRate, h.far, h.started, w))
}
