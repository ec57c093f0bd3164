package views

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// narrowed is what a list is narrowed to, in the language of policy.ParseFilter.
type narrowed struct {
	list  policy.List
	cond  string
	was   string // what the list shows now, if cond turns out to be wrong
	named string // of the view that it comes from
	picks latest
}

// viewable is a list that can be filtered by a line, and kept as a view.
type viewable interface {
	view
	narrowing() *narrowed
	// present is the list as it is shown now.
	present() (filter string, columns []string)
	// showAs narrows the list to a filter; no columns are the usual ones.
	showAs(filter string, columns []string) tea.Cmd
}

func (n *narrowed) narrowing() *narrowed { return n }

// narrowKeys are the keys of such a list.
func (k *kit) narrowKeys() []binding {
	return []binding{on("F", k.t.Views.KeyFilter), on("1-9 v", k.t.Views.KeyViews).unless(k.may(policy.ViewList), k.t.OffRole)}
}

// pressNarrow takes the keys of a list that can be narrowed, and says whether
// this was one.
func (k *kit) pressNarrow(l viewable, key string) (tea.Cmd, bool) {
	switch {
	case key == "F":
		return k.askFilter(l), true
	case key == "v":
		return open(newSavedViews(k, l)), true
	case len(key) == 1 && key[0] >= '1' && key[0] <= '9':
		return k.openNth(l, int(key[0]-'1')), true
	}
	return nil, false
}

// askFilter has a filter typed. What is wrong with names, the database says.
func (k *kit) askFilter(l viewable) tea.Cmd {
	n := l.narrowing()
	p := newPrompt(k, k.t.Views.FilterTitle, k.t.Views.FilterHints[n.list], k.checkFilter(n.list), func(line string) tea.Cmd {
		n.named = ""
		return l.showAs(line, nil)
	})
	filter, _ := l.present()
	p.in.set(filter)
	return show(p)
}

// checkFilter lets fields pass that only the database may know.
func (k *kit) checkFilter(l policy.List) func(string) error {
	return func(line string) error {
		_, err := policy.ParseFilter(l, line, policy.AnyField)
		return err
	}
}

// openNth opens a view by its place, as the keys 1 to 9 do.
func (k *kit) openNth(l viewable, n int) tea.Cmd {
	acts, actor, list := k.Ops, k.Actor, l.narrowing().list
	return ask(k, &l.narrowing().picks, func(ctx context.Context) ([]db.View, error) {
		return acts.ListViews(ctx, actor, list)
	}, func(all []db.View, err error) tea.Cmd {
		switch {
		case err != nil:
			return k.fail(err)
		case n >= len(all):
			return notify(noteWarn, fmt.Sprintf(k.t.Views.NoNth, strconv.Itoa(n+1)))
		}
		return showView(l, all[n])
	})
}

func showView(l viewable, v db.View) tea.Cmd {
	l.narrowing().named = v.Name.String()
	return l.showAs(v.Filter, v.Columns)
}

// refused goes back to what is shown when a filter is wrong, so that a list
// never seems to be what it isn't.
func (n *narrowed) refused(err error) bool {
	if policy.KindOf(err) != policy.Invalid || fieldOf(err) != "filter" {
		n.was = n.cond
		return false
	}
	if n.named = ""; n.cond == n.was {
		n.was = ""
	}
	n.cond = n.was
	return true
}

// words say what the list is narrowed to.
func (n *narrowed) words() string {
	if n.named != "" {
		return "«" + text.Clean(n.named) + "»"
	}
	return text.Clean(n.cond)
}

// widen ends a list's filter, if it has one.
func (n *narrowed) widen(l viewable) (tea.Cmd, bool) {
	if n.cond == "" {
		return nil, false
	}
	n.named = ""
	return l.showAs("", nil), true
}

// sought is a line with what is typed after "/".
func sought(line, find string) string {
	if find = strings.TrimSpace(find); find == "" {
		return line
	}
	return policy.JoinFilters(line, "/"+find)
}

// openNamed goes to the list of a view; without a name it asks which.
func (k *kit) openNamed(name string) tea.Cmd {
	acts, actor := k.Ops, k.Actor
	return ask(k, &k.lately, func(ctx context.Context) ([]db.View, error) {
		return acts.ListViews(ctx, actor, "")
	}, func(all []db.View, err error) tea.Cmd {
		if err != nil {
			return k.fail(err)
		}
		if v, ok := db.FindView(all, name); ok && name != "" {
			return k.goToView(v)
		}
		if len(all) == 0 {
			return notify(noteWarn, k.t.Views.None)
		}
		options := make([]option, len(all))
		for i, v := range all {
			options[i] = option{text: v.Name.String(), hint: k.t.Views.Lists[v.List]}
		}
		return show(newChoose(k, k.t.Views.Which, options, func(i int) tea.Cmd { return k.goToView(all[i]) }))
	})
}

// goToView puts on a role that sees the list.
func (k *kit) goToView(v db.View) tea.Cmd {
	return k.runEntry(entry{act: v.List.Reads(), run: func(string) tea.Cmd {
		l := k.newList(v.List)
		l.narrowing().named = v.Name.String()
		show := l.showAs(v.Filter, v.Columns)
		_ = show // the list asks when it is opened
		return goTo(l)
	}}, "")
}

func (k *kit) newList(l policy.List) viewable {
	switch l {
	case policy.DealsList:
		return newDeals(k, "")
	case policy.TasksList:
		return newTasks(k, policy.TasksAll)
	case policy.InvoicesList:
		return newInvoices(k, "", "")
	}
	return newCustomers(k)
}

func viewEntries(k *kit) []entry {
	return []entry{{name: "view", title: k.t.Views.ToView, hint: k.t.Views.NameHint, act: policy.ViewList, run: k.openNamed}}
}
