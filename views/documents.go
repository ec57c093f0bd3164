package views

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy"
)

// documents are the texts that the live configuration makes, each beside what
// was published; the text of the one under the cursor stands below the list.
type documents struct {
	kit   *kit
	all   []ops.DocumentSight
	known bool
	list  roster
	top   int // first line of the text that is shown
	asks  latest
	does  latest
}

func newDocuments(k *kit) *documents { return &documents{kit: k} }

func (d *documents) Title() string { return d.kit.t.Register.Documents }
func (d *documents) Init() tea.Cmd { return d.load() }
func (d *documents) Wake() tea.Cmd { return d.load() }
func (d *documents) Leave()        { d.asks.drop() }

func (d *documents) load() tea.Cmd {
	acts, actor := d.kit.Ops, d.kit.Actor
	return ask(d.kit, &d.asks, func(ctx context.Context) ([]ops.DocumentSight, error) {
		return acts.ListDocuments(ctx, actor)
	}, func(all []ops.DocumentSight, err error) tea.Cmd {
		if err != nil {
			return d.kit.fail(err)
		}
		d.all, d.known = all, true
		d.list.put(d.rows())
		return nil
	})
}

func (d *documents) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	if d.list.press(key.String()) {
		d.top = 0
		return nil
	}
	one, onRow := d.list.item().(ops.DocumentSight)
	switch {
	case key.String() == "ctrl+r":
		return d.load()
	case key.String() == "ctrl+d":
		d.top += 10
	case key.String() == "ctrl+u":
		d.top = max(d.top-10, 0)
	case key.String() == "p" && onRow && one.Differs && d.kit.may(policy.DocumentPublish):
		return d.publish(one)
	}
	return nil
}

func (d *documents) publish(one ops.DocumentSight) tea.Cmd {
	t, acts, actor := &d.kit.t.Register, d.kit.Ops, d.kit.Actor
	name := t.Document[one.Kind]
	return show(newConfirm(d.kit, fmt.Sprintf(t.PublishAsk, name), []string{t.PublishHint}, func() tea.Cmd {
		return perform(d.kit, &d.does, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, acts.PublishDocument(ctx, actor, one.Kind)
		}, func(struct{}) string { return fmt.Sprintf(t.Published, name) }, d.load)
	}))
}

func (d *documents) Keys() []binding {
	one, onRow := d.list.item().(ops.DocumentSight)
	t := &d.kit.t.Register
	why := ""
	switch {
	case !d.kit.may(policy.DocumentPublish):
		why = d.kit.t.OffRole
	case !onRow || !one.Differs:
		why = t.Same
	}
	return []binding{on("p", t.KeyPublish).unless(why == "", why), on("ctrl+d", t.KeyRead), on("ctrl+r", d.kit.t.People.Reload)}
}

func (d *documents) rows() []rosterRow {
	t := &d.kit.t.Register
	rows := make([]rosterRow, len(d.all))
	for i, one := range d.all {
		state, st := t.Unpublished, d.kit.st.faint
		switch {
		case one.Version > 0 && one.Differs:
			state, st = fmt.Sprintf(t.DiffersSince, d.kit.day(one.At)), d.kit.st.due
		case one.Version > 0:
			state, st = fmt.Sprintf(t.PublishedOn, d.kit.day(one.At)), style("")
		}
		rows[i] = rosterRow{id: string(one.Kind) + one.Language, item: one, st: st, text: columns([]int{30, 4, 40}, t.Document[one.Kind], one.Language, state)}
	}
	return rows
}

func (d *documents) View(w, height int) string {
	if !d.known {
		return "   " + d.kit.st.faint.of(d.kit.t.Loading)
	}
	if len(d.all) == 0 {
		return join(indent(wrap(d.kit.t.Register.NoDocuments, min(w-6, formWidth)), w))
	}
	d.list.put(d.rows())
	lines := append(d.list.lines(d.kit.st, w, min(len(d.all), height/2)), "")
	return join(append(lines, d.text(w, height-len(lines))...))
}

// text is the part of the document that is scrolled to.
func (d *documents) text(w, height int) []string {
	one, ok := d.list.item().(ops.DocumentSight)
	if !ok || height < 1 {
		return nil
	}
	var lines []string
	for _, l := range strings.Split(strings.TrimSpace(one.Live), "\n") {
		wrapped := wrap(l, max(w-6, 20))
		if len(wrapped) == 0 {
			wrapped = []string{""}
		}
		for _, piece := range wrapped {
			lines = append(lines, "   "+piece)
		}
	}
	d.top = min(d.top, max(len(lines)-height, 0))
	return lines[d.top:min(d.top+height, len(lines))]
}
