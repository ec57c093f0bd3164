package views

import (
	"context"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// RegisterActs are those on registers and on the documents made of them.
type RegisterActs interface {
	ListRegister(ctx context.Context, actor policy.Actor, register policy.Register) ([]ops.RegisterSight, error)
	WriteEntry(ctx context.Context, actor policy.Actor, e db.RegisterEntry, request ops.RequestKey) (int64, error)
	ListDocuments(ctx context.Context, actor policy.Actor) ([]ops.DocumentSight, error)
	PublishDocument(ctx context.Context, actor policy.Actor, kind policy.Document) error
}

// registerEntries are what the palette offers on registers and documents.
func registerEntries(k *kit) []entry {
	t := &k.t.Register
	all := []entry{{name: "documents", title: t.Documents, hint: t.DocumentsHint, act: policy.DocumentView, run: func(string) tea.Cmd { return goTo(newDocuments(k)) }}}
	for _, r := range policy.Registers {
		all = append(all, entry{name: string(r.Register), title: k.say(r.Title), hint: r.Source, act: r.Register.Read(), run: func(string) tea.Cmd {
			return goTo(newRegisters(k, r.Register))
		}})
	}
	return all
}

// registers is the list of one register's entries; [ and ] go to the others.
type registers struct {
	kit   *kit
	rules policy.RegisterRules
	all   []ops.RegisterSight
	known bool
	list  roster
	width int
	asks  latest
	does  latest
}

func newRegisters(k *kit, register policy.Register) *registers {
	rules, _ := policy.FindRegister(string(register))
	return &registers{kit: k, rules: rules}
}

func (r *registers) Title() string { return r.kit.say(r.rules.Title) }
func (r *registers) Init() tea.Cmd { return r.load() }
func (r *registers) Wake() tea.Cmd { return r.load() }
func (r *registers) Leave()        { r.asks.drop() }

func (r *registers) load() tea.Cmd {
	acts, actor, register := r.kit.Ops, r.kit.Actor, r.rules.Register
	return ask(r.kit, &r.asks, func(ctx context.Context) ([]ops.RegisterSight, error) {
		return acts.ListRegister(ctx, actor, register)
	}, func(all []ops.RegisterSight, err error) tea.Cmd {
		if err != nil {
			return r.kit.fail(err)
		}
		r.all, r.known = all, true
		r.list.put(r.rows(r.width))
		return nil
	})
}

func (r *registers) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || r.list.press(key.String()) {
		return nil
	}
	e, onRow := r.list.item().(db.RegisterEntry)
	switch may := r.kit.may(r.rules.Register.Write()); {
	case key.String() == "ctrl+r":
		return r.load()
	case key.String() == "[", key.String() == "]":
		return r.other(map[string]int{"[": -1, "]": 1}[key.String()])
	case key.String() == "a" && may:
		return open(newRegisterForm(r.kit, db.RegisterEntry{Register: r.rules.Register, Values: policy.Values{}}))
	case key.String() == "enter" && onRow && may:
		return open(newRegisterForm(r.kit, e))
	case key.String() == "x" && onRow && may:
		return r.retire(e)
	}
	return nil
}

// other goes to the next register that the role may read.
func (r *registers) other(by int) tea.Cmd {
	all := slices.DeleteFunc(slices.Clone(policy.Registers), func(o policy.RegisterRules) bool { return !r.kit.may(o.Register.Read()) })
	at := slices.IndexFunc(all, func(o policy.RegisterRules) bool { return o.Register == r.rules.Register })
	r.rules, r.all, r.known = all[(at+by+len(all))%len(all)], nil, false
	r.list.put(nil)
	return r.load()
}

// retire takes an entry out of what counts, or back into it.
func (r *registers) retire(e db.RegisterEntry) tea.Cmd {
	acts, actor, t := r.kit.Ops, r.kit.Actor, &r.kit.t.Register
	e.Retired = !e.Retired
	request := ops.NewRequestKey()
	return perform(r.kit, &r.does, func(ctx context.Context) (int64, error) { return acts.WriteEntry(ctx, actor, e, request) },
		func(int64) string {
			if e.Retired {
				return t.Retired
			}
			return t.Back
		}, r.load)
}

func (r *registers) Keys() []binding {
	t, may := &r.kit.t.Register, r.kit.may(r.rules.Register.Write())
	e, onRow := r.list.item().(db.RegisterEntry)
	retire := t.KeyRetire
	if e.Retired {
		retire = t.KeyBack
	}
	return []binding{
		on("enter", t.KeyChange).unless(may && onRow, r.kit.t.OffRole), on("a", t.KeyAdd).unless(may, r.kit.t.OffRole),
		on("x", retire).unless(may && onRow, r.kit.t.OffRole), on("[ ]", t.KeyOther), on("ctrl+r", r.kit.t.People.Reload),
	}
}

func (r *registers) View(w, height int) string {
	t := &r.kit.t.Register
	r.width = w
	r.list.put(r.rows(w))
	lines := []string{"   " + r.kit.st.faint.of(cut(r.rules.Source, w-4)), ""}
	if !r.known {
		return join(append(lines, "   "+r.kit.st.faint.of(r.kit.t.Loading)))
	}
	if len(r.all) == 0 {
		return join(append(lines, indent(wrap(t.None, min(w-6, formWidth)), w)...))
	}
	room := max(height-len(lines), 1)
	return join(append(lines, block(r.list.lines(r.kit.st, w, room), w, room)...))
}

func (r *registers) rows(w int) []rosterRow {
	var rows []rosterRow
	for _, s := range r.all {
		st := style("")
		if s.Retired {
			st = r.kit.st.faint
		}
		second := r.rules.Fields[1].Name
		note := s.Values[r.rules.Fields[2].Name].String()
		if r.rules.Register == policy.Breaches {
			note, st = r.kit.t.Register.State[s.State], r.kit.breachStyle(s.State)
			second = "aware"
		}
		rows = append(rows, rosterRow{
			id: strconv.FormatInt(s.ID, 10), item: s.RegisterEntry, st: st,
			text: columns([]int{28, 22, max(w-58, 16)}, s.Values["name"].String(), s.Values[second].String(), note),
		})
	}
	return rows
}

func (k *kit) breachStyle(s policy.BreachState) style {
	switch s {
	case policy.BreachLate, policy.BreachUntold:
		return k.st.danger
	case policy.BreachRuns:
		return k.st.due
	}
	return style("")
}
