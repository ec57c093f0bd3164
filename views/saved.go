package views

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// savedViews keeps the list below it as a view, and lets the views of that list
// be opened, renamed, put in order, shared and deleted.
type savedViews struct {
	kit   *kit
	of    viewable
	all   []db.View
	known bool
	list  roster
	asks  latest
	does  latest
	width int
}

func newSavedViews(k *kit, of viewable) *savedViews { return &savedViews{kit: k, of: of} }

func (v *savedViews) Title() string { return v.kit.t.Views.Title }
func (v *savedViews) Init() tea.Cmd { return v.load() }
func (v *savedViews) Wake() tea.Cmd { return v.load() }
func (v *savedViews) Leave()        { v.asks.drop() }

func (v *savedViews) load() tea.Cmd {
	acts, actor, list := v.kit.Ops, v.kit.Actor, v.of.narrowing().list
	return ask(v.kit, &v.asks, func(ctx context.Context) ([]db.View, error) {
		return acts.ListViews(ctx, actor, list)
	}, func(all []db.View, err error) tea.Cmd {
		if err == nil {
			v.all, v.known = all, true
			v.list.put(v.rows(v.width))
		}
		return v.kit.fail(err)
	})
}

func (v *savedViews) Update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(changedMsg); ok {
		return v.load()
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || v.list.press(key.String()) || v.does.busy {
		return nil
	}
	switch name := key.String(); name {
	case "s":
		return v.name("", v.keep)
	case "z":
		return v.kit.takeBack()
	case "ctrl+r":
		return v.load()
	default:
		if it, ok := v.list.item().(db.View); ok {
			return v.onView(name, it)
		}
		if n, err := strconv.Atoi(name); err == nil && n > 0 && n <= len(v.all) {
			return v.openIt(v.all[n-1])
		}
	}
	return nil
}

func (v *savedViews) onView(key string, it db.View) tea.Cmd {
	own := it.Owner == v.kit.Actor.ID
	switch {
	case key == "enter" || key == "right":
		return v.openIt(it)
	case len(key) == 1 && key[0] >= '1' && key[0] <= '9' && int(key[0]-'1') < len(v.all):
		return v.openIt(v.all[key[0]-'1'])
	case key == "x" && (own || v.kit.Actor.Role == policy.Manager):
		return v.remove(it)
	case !own:
		return nil
	}
	switch key {
	case "r":
		return v.name(it.Name.String(), func(name text.Line) tea.Cmd { it.Name = name; return v.save(it) })
	case "w":
		it.Filter, it.Columns = v.of.present()
		return show(newConfirm(v.kit, fmt.Sprintf(v.kit.t.Views.WriteAsk, it.Name), []string{it.Filter}, func() tea.Cmd { return v.save(it) }))
	case "T":
		it.Shared = !it.Shared
		return v.save(it)
	case "K", "shift+up":
		return v.move(it, -1)
	case "J", "shift+down":
		return v.move(it, 1)
	}
	return nil
}

func (v *savedViews) openIt(it db.View) tea.Cmd {
	return tea.Sequence(send(closeMsg{v}), showView(v.of, it))
}

// name asks for one.
func (v *savedViews) name(now string, then func(text.Line) tea.Cmd) tea.Cmd {
	filter, _ := v.of.present()
	p := newPrompt(v.kit, v.kit.t.Views.NameAsk, cmpOr(filter, v.kit.t.Views.Everything), nil, func(name string) tea.Cmd { return then(text.New(name)) })
	p.in.set(now)
	return show(p)
}

func (v *savedViews) keep(name text.Line) tea.Cmd {
	it := db.View{List: v.of.narrowing().list}
	it.Name = name
	it.Filter, it.Columns = v.of.present()
	return v.save(it)
}

func (v *savedViews) save(it db.View) tea.Cmd {
	acts, actor := v.kit.Ops, v.kit.Actor
	return ask(v.kit, &v.does, func(ctx context.Context) (db.View, error) {
		return acts.SaveView(ctx, actor, it)
	}, func(kept db.View, err error) tea.Cmd {
		if err != nil {
			return v.kit.fail(err)
		}
		return tea.Batch(v.load(), notify(noteGood, fmt.Sprintf(v.kit.t.Views.Kept, kept.Name)))
	})
}

// move puts one before or after the next of one's own.
func (v *savedViews) move(it db.View, by int) tea.Cmd {
	var ids []int64
	for _, one := range v.all {
		if one.Owner == v.kit.Actor.ID {
			ids = append(ids, one.ID)
		}
	}
	at := slices.Index(ids, it.ID)
	if at+by < 0 || at+by >= len(ids) {
		return nil
	}
	ids[at], ids[at+by] = ids[at+by], ids[at]
	acts, actor := v.kit.Ops, v.kit.Actor
	return ask(v.kit, &v.does, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, acts.PlaceViews(ctx, actor, ids)
	}, func(_ struct{}, err error) tea.Cmd { return tea.Batch(v.kit.fail(err), v.load()) })
}

func (v *savedViews) remove(it db.View) tea.Cmd {
	acts, actor := v.kit.Ops, v.kit.Actor
	return show(newConfirm(v.kit, fmt.Sprintf(v.kit.t.Views.DeleteAsk, it.Name), nil, func() tea.Cmd {
		return ask(v.kit, &v.does, func(ctx context.Context) (db.View, error) {
			return acts.DeleteView(ctx, actor, it.ID)
		}, func(gone db.View, err error) tea.Cmd {
			if err != nil {
				return v.kit.fail(err)
			}
			v.rememberGone(gone)
			return tea.Batch(v.load(), notify(noteGood, fmt.Sprintf(v.kit.t.Views.Deleted, gone.Name)))
		})
	}))
}

// rememberGone keeps how a deleted view comes back: as one's own, whose it was
// can't be restored.
func (v *savedViews) rememberGone(gone db.View) {
	k, acts := v.kit, v.kit.Ops
	gone.ID, gone.Owner = 0, 0
	k.undo = &undo{
		question: func(ago string) string { return fmt.Sprintf(k.t.Views.UndoAsk, gone.Name, ago) },
		at:       k.Now(),
		run: func(ctx context.Context, actor policy.Actor) (int, error) {
			_, err := acts.SaveView(ctx, actor, gone)
			return 1, err
		},
		said: func(int) string { return fmt.Sprintf(k.t.Views.Kept, gone.Name) },
	}
}

func (v *savedViews) Keys() []binding {
	t := &v.kit.t.Views
	it, any := v.list.item().(db.View)
	own := any && it.Owner == v.kit.Actor.ID
	return []binding{
		on("enter 1-9", v.kit.t.People.Open).unless(any, v.kit.t.OffNothing), on("s", t.KeySave),
		on("r", t.KeyRename).unless(own, t.NotOwn), on("w", t.KeyWrite).unless(own, t.NotOwn),
		on("K J", t.KeyPlace).unless(own, t.NotOwn),
		on("T", t.KeyShare).unless(own, t.NotOwn), on("x", t.KeyDelete).unless(own || any && v.kit.Actor.Role == policy.Manager, t.NotOwn),
		on("z", v.kit.t.KeyUndo).unless(v.kit.undo != nil, v.kit.t.OffNoUndo), on("ctrl+r", v.kit.t.People.Reload),
	}
}

func (v *savedViews) View(w, height int) string {
	t := &v.kit.t.Views
	v.width = w
	v.list.put(v.rows(w))
	filter, _ := v.of.present()
	lines := []string{
		" " + v.kit.st.strong.of(t.Lists[v.of.narrowing().list]) + "  " + v.kit.st.faint.of(cut(t.Now+" "+cmpOr(text.Clean(filter), t.Everything), max(w-20, 0))), "",
	}
	switch {
	case !v.known:
		lines = append(lines, "   "+v.kit.st.faint.of(v.kit.t.Loading))
	case len(v.all) == 0:
		lines = append(lines, "   "+v.kit.st.faint.of(cut(t.None, w-4)))
	}
	return join(append(lines, v.list.lines(v.kit.st, w, max(height-len(lines), 0))...))
}

func (v *savedViews) rows(w int) []rosterRow {
	rows := make([]rosterRow, len(v.all))
	for i, it := range v.all {
		key, whose := "", ""
		if i < 9 {
			key = strconv.Itoa(i + 1)
		}
		switch {
		case it.Owner != v.kit.Actor.ID:
			whose = fmt.Sprintf(v.kit.t.Views.Of, v.kit.colleague(it.Owner))
		case it.Shared:
			whose = v.kit.t.Views.Shared
		}
		name := 18
		if w >= 120 {
			name = 36
		}
		rest := max(w-4-2-2*name-3, 10)
		rows[i] = rosterRow{
			id: strconv.FormatInt(it.ID, 10), item: it,
			text: columns([]int{2, name, name, rest}, key, it.Name.String(), whose, cmpOr(text.Clean(it.Filter), v.kit.t.Views.Everything)),
		}
	}
	return rows
}
