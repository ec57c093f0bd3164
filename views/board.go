package views

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// board has the deals of a pipeline as cards, a column for each stage.
type board struct {
	kit    *kit
	query  db.DealQuery
	data   ops.Board
	known  bool
	which  int // of data.Pipelines
	cols   []lane
	at     int // the column under the cursor
	first  int // the first column shown
	hold   int64
	find   *input
	typing bool
	asks   latest
	does   latest
}

// lane is a column of the board.
type lane struct {
	stage   db.Stage
	deals   []db.Deal
	sum     policy.Cents
	at, top int
}

func newBoard(k *kit, find string) *board {
	return &board{kit: k, find: newInput(find), query: db.DealQuery{Recent: true, Text: find}}
}

func (v *board) Title() string {
	if v.which < len(v.data.Pipelines) && len(v.data.Pipelines) > 1 {
		return v.kit.t.Deal.Title + " · " + v.kit.pipelineName(v.data.Pipelines[v.which])
	}
	return v.kit.t.Deal.Title
}

func (v *board) Typing() bool  { return v.typing }
func (v *board) Init() tea.Cmd { return v.load() }
func (v *board) Wake() tea.Cmd { return v.load() }
func (v *board) Leave()        { v.asks.drop() }

func (v *board) load() tea.Cmd { return v.look(v.kit.Actor) }

// Refresh looks again because a colleague changed something.
func (v *board) Refresh() tea.Cmd { return v.look(v.kit.Actor.Looking()) }

func (v *board) look(actor policy.Actor) tea.Cmd {
	acts, q := v.kit.Ops, v.query
	return ask(v.kit, &v.asks, func(ctx context.Context) (ops.Board, error) {
		return acts.DealBoard(ctx, actor, q)
	}, func(b ops.Board, err error) tea.Cmd {
		if err != nil {
			return v.kit.needReason(err)
		}
		v.data, v.known = b, true
		v.arrange()
		return nil
	})
}

// arrange puts the deals into columns; the cursor stays on its deal.
func (v *board) arrange() {
	if d, ok := v.here(); ok && v.hold == 0 {
		v.hold = d.ID
	}
	was := v.cols
	v.cols = nil
	if v.which >= len(v.data.Pipelines) {
		v.which = 0
	}
	if len(v.data.Pipelines) == 0 {
		return
	}
	byStage := map[int32][]db.Deal{}
	for _, d := range v.data.Deals.Rows {
		byStage[d.Stage] = append(byStage[d.Stage], d)
	}
	for _, s := range v.data.Pipelines[v.which].Stages {
		deals := byStage[s.ID]
		if s.Retired && len(deals) == 0 {
			continue
		}
		l := lane{stage: s, deals: deals}
		if i := slices.IndexFunc(was, func(l lane) bool { return l.stage.ID == s.ID }); i >= 0 {
			l.at, l.top = min(was[i].at, max(len(deals)-1, 0)), was[i].top
		}
		for n, d := range deals {
			l.sum += d.Value
			if d.ID == v.hold {
				v.at, l.at = len(v.cols), n
			}
		}
		v.cols = append(v.cols, l)
	}
	v.hold = 0
	v.at = max(min(v.at, len(v.cols)-1), 0)
	if _, ok := v.here(); !ok && v.query.Text != "" { // to what was found
		v.at = max(slices.IndexFunc(v.cols, func(l lane) bool { return len(l.deals) > 0 }), 0)
	}
}

// here is the deal under the cursor.
func (v *board) here() (d db.Deal, ok bool) {
	if v.at >= len(v.cols) || len(v.cols[v.at].deals) == 0 {
		return d, false
	}
	return v.cols[v.at].deals[v.cols[v.at].at], true
}

func (v *board) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case changedMsg:
		return v.load()
	case tea.KeyPressMsg:
		if !v.typing {
			return v.press(msg.String())
		}
	}
	if v.typing {
		return v.search(msg)
	}
	return nil
}

func (v *board) press(key string) tea.Cmd {
	switch key {
	case "left", "h":
		v.at = max(v.at-1, 0)
	case "right", "l":
		v.at = max(min(v.at+1, len(v.cols)-1), 0)
	case "up", "k":
		v.step(-1)
	case "down", "j":
		v.step(1)
	case "pgup":
		v.step(-5)
	case "pgdown":
		v.step(5)
	case "H", "shift+left":
		return v.move(-1)
	case "L", "shift+right":
		return v.move(1)
	case "enter":
		if d, ok := v.here(); ok {
			return open(newDeal(v.kit, d.ID))
		}
	default:
		return v.command(key)
	}
	return nil
}

func (v *board) command(key string) tea.Cmd {
	switch key {
	case "a":
		return v.kit.addDeal()
	case "/":
		v.typing = true
	case "g":
		return open(newForecast(v.kit))
	case "v":
		return open(newDeals(v.kit, v.find.value()))
	case "f":
		return v.chooseWhose()
	case "p":
		if n := len(v.data.Pipelines); n > 1 {
			v.which = (v.which + 1) % n
			v.cols, v.at = nil, 0
			v.arrange()
		}
	case "S":
		if v.kit.may(policy.PipelineManage) && len(v.data.Pipelines) > 0 {
			return open(newPipelineForm(v.kit, v.data.Pipelines[v.which]))
		}
	case "z":
		return v.kit.takeBack()
	case "ctrl+r":
		return v.load()
	}
	return nil
}

func (v *board) step(by int) {
	if v.at < len(v.cols) {
		l := &v.cols[v.at]
		l.at = max(min(l.at+by, len(l.deals)-1), 0)
	}
}

// move puts the deal under the cursor into a stage beside its own.
func (v *board) move(by int) tea.Cmd {
	d, ok := v.here()
	if why := v.offMove(by); why != "" {
		return notify(noteWarn, why)
	}
	if !ok {
		return nil
	}
	return v.kit.moveDeal(&v.does, d, v.cols[v.at+by].stage, func(c ops.DealChange, err error) tea.Cmd {
		if err != nil {
			return v.load()
		}
		v.put(c.After)
		return nil
	})
}

// put replaces a deal by what it is now, and follows it.
func (v *board) put(d db.Deal) {
	rows := v.data.Deals.Rows
	if i := slices.IndexFunc(rows, func(r db.Deal) bool { return r.ID == d.ID }); i >= 0 {
		v.data.Deals.Rows = append(slices.Delete(rows, i, i+1), d)
	}
	v.hold = d.ID
	v.arrange()
}

func (v *board) offMove(by int) string {
	switch _, ok := v.here(); {
	case !v.kit.may(policy.DealMove):
		return v.kit.t.OffRole
	case !ok:
		return v.kit.t.Deal.OffNone
	case v.at+by < 0:
		return v.kit.t.Deal.OffFirst
	case v.at+by >= len(v.cols) || v.cols[v.at+by].stage.Retired:
		return v.kit.t.Deal.OffLast
	}
	return ""
}

// addDeal asks with whom first.
func (k *kit) addDeal() tea.Cmd {
	if !k.may(policy.DealCreate) {
		return notify(noteWarn, k.t.OffRole)
	}
	p := newPicker(k, k.t.Deal.WhichCustomer, 0, func(r db.Row) tea.Cmd {
		return open(newDealForm(k, db.Deal{Customer: r.ID, Name: r.Name(), Status: r.Status}, nil))
	})
	return tea.Batch(show(p), p.look())
}

// search narrows as one types; enter goes back to the cards.
func (v *board) search(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter", "up", "down":
			v.typing = false
			return nil
		}
	}
	if !v.find.Update(msg) {
		return nil
	}
	v.query.Text = v.find.value()
	return v.load()
}

// Escape first ends the search.
func (v *board) Escape() (tea.Cmd, bool) {
	if !v.typing && v.find.value() == "" {
		return nil, false
	}
	v.typing = false
	v.find.set("")
	v.query.Text = ""
	return v.load(), true
}

// chooseWhose shows one colleague's deals, or everybody's.
func (v *board) chooseWhose() tea.Cmd {
	return v.kit.chooseWhose(func(id int32) tea.Cmd {
		v.query.Owner = id
		return v.load()
	})
}

func (k *kit) chooseWhose(then func(int32) tea.Cmd) tea.Cmd {
	ids, options := []int32{0}, []option{{text: k.t.Deal.Everybody}}
	for _, id := range k.teammates() {
		ids, options = append(ids, id), append(options, option{text: k.colleague(id)})
	}
	return show(newChoose(k, k.t.Deal.KeyWhose, options, func(i int) tea.Cmd { return then(ids[i]) }))
}

// teammates are the colleagues who are still with the firm, by name; of the
// own team for who has one.
func (k *kit) teammates() []int32 {
	var ids []int32
	for id, p := range k.people {
		if !p.Gone && (k.Actor.Team == 0 || p.TeamID == k.Actor.Team) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b int32) int { return strings.Compare(k.colleague(a), k.colleague(b)) })
	return ids
}

func (v *board) Keys() []binding {
	t := &v.kit.t.Deal
	_, any := v.here()
	keys := []binding{
		on("←→", t.KeyStage), on("↑↓", t.KeyDeal), on("H L", t.KeyMove).unless(v.kit.may(policy.DealMove) && any, t.OffNone),
		on("enter", v.kit.t.People.Open).unless(any, t.OffNone), on("a", t.KeyAdd).unless(v.kit.may(policy.DealCreate), v.kit.t.OffRole),
		on("/", v.kit.t.People.Find), on("g", t.KeyChart), on("v", t.KeyList), on("f", t.KeyWhose),
		on("p", t.KeyPipeline).unless(len(v.data.Pipelines) > 1, t.OffOne),
		on("z", v.kit.t.KeyUndo).unless(v.kit.undo != nil, v.kit.t.OffNoUndo),
	}
	if v.kit.may(policy.PipelineManage) {
		keys = append(keys, on("S", t.KeyStages))
	}
	return append(keys, on("ctrl+r", v.kit.t.People.Reload))
}
