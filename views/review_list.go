package views

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// reviewsView lists the access reviews that one has to do with.
type reviewsView struct {
	kit   *kit
	all   []db.Review
	known bool
	list  roster
	width int
	asks  latest
	does  latest
}

func newReviews(k *kit) *reviewsView { return &reviewsView{kit: k} }

// reviewEntries are what the palette offers.
func reviewEntries(k *kit) []entry {
	return []entry{
		{name: "reviews", title: k.t.Access.Reviews, act: policy.ReviewList, run: func(string) tea.Cmd { return goTo(newReviews(k)) }},
		{name: "myreviews", title: k.t.Access.Mine, run: func(string) tea.Cmd { return goTo(newMyReviews(k)) }},
	}
}

func (v *reviewsView) Title() string { return v.kit.t.Access.Reviews }
func (v *reviewsView) Init() tea.Cmd { return v.load() }
func (v *reviewsView) Wake() tea.Cmd { return v.load() }
func (v *reviewsView) Leave()        { v.asks.drop() }

func (v *reviewsView) load() tea.Cmd {
	acts, actor := v.kit.Ops, v.kit.Actor
	return ask(v.kit, &v.asks, func(ctx context.Context) ([]db.Review, error) {
		return acts.ListReviews(ctx, actor)
	}, func(all []db.Review, err error) tea.Cmd {
		if err != nil {
			return v.kit.fail(err)
		}
		v.all, v.known = all, true
		v.list.put(v.rows(v.width))
		return nil
	})
}

func (v *reviewsView) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || v.list.press(key.String()) {
		return nil
	}
	switch key.String() {
	case "enter":
		if r, ok := v.list.item().(db.Review); ok {
			return open(newReview(v.kit, r.ID, v.kit.reviewName(r)))
		}
	case "n":
		return v.start()
	case "m":
		return open(newMyReviews(v.kit))
	case "ctrl+r":
		return v.load()
	}
	return nil
}

func (v *reviewsView) Keys() []binding {
	t := &v.kit.t.Access
	_, ok := v.list.item().(db.Review)
	return []binding{
		on("enter", t.KeyOpen).unless(ok, t.None),
		on("n", t.KeyStart).unless(v.kit.may(policy.ReviewStart), t.OffStart),
		on("m", t.KeyMine),
		on("ctrl+r", v.kit.t.People.Reload),
	}
}

func (v *reviewsView) View(w, height int) string {
	t := &v.kit.t.Access
	v.width = w
	v.list.put(v.rows(w))
	lines := []string{"   " + v.kit.st.faint.of(cut(v.columns(w, t.Which, t.Of, t.State, t.Decision, t.Yours), w-4))}
	switch {
	case !v.known:
		lines = append(lines, "   "+v.kit.st.faint.of(v.kit.t.Loading))
	case len(v.all) == 0:
		lines = append(lines, indent(v.kit.hint(t.None, w), w)...)
	}
	return join(append(lines, v.list.lines(v.kit.st, w, max(height-len(lines), 0))...))
}

func (v *reviewsView) columns(w int, name, of, state, done, mine string) string {
	return columns([]int{8, max(w-4-4-8-34-13-5, 12), 34, 13, 5}, name, of, state, done, mine)
}

func (v *reviewsView) rows(w int) []rosterRow {
	rows := make([]rosterRow, len(v.all))
	for i, r := range v.all {
		mine := ""
		if r.Mine > 0 {
			mine = fmt.Sprintf("%d/%d", r.MineDone, r.Mine)
		}
		state, st := v.kit.reviewState(r)
		rows[i] = rosterRow{
			id: strconv.Itoa(int(r.ID)), item: r, st: st,
			text: v.columns(w, v.kit.reviewName(r), v.kit.reviewOf(r), state, fmt.Sprintf(v.kit.t.Access.Progress, r.Done, r.Total), mine),
		}
	}
	return rows
}

// reviewName is the quarter, else the number.
func (k *kit) reviewName(r db.Review) string { return policy.ReviewName(r.Period, int(r.ID)) }

// reviewOf says whose access is reviewed.
func (k *kit) reviewOf(r db.Review) string {
	switch {
	case r.PersonID != 0:
		return k.colleague(r.PersonID)
	case r.Role != "":
		return k.t.role(r.Role)
	}
	return k.t.Access.Everybody
}

// reviewState says in words, and in colour when it presses, how a review stands.
func (k *kit) reviewState(r db.Review) (string, style) {
	t := &k.t.Access
	switch left := r.Due.Sub(k.Now()); {
	case !r.Open():
		return fmt.Sprintf(t.Closed, k.moment(*r.ClosedAt)), k.st.faint
	case r.ReadyAt == nil:
		return t.Filling, k.st.faint
	case left <= 0:
		return t.Overdue, k.st.danger
	default:
		words := fmt.Sprintf(t.Due, k.moment(r.Due)) + ", "
		if hours := int(left.Hours()); hours < 48 {
			words += fmt.Sprintf(t.HoursLeft, hours)
		} else {
			words += fmt.Sprintf(t.DaysLeft, hours/24)
		}
		if policy.ReviewGrave(left) && r.Done < r.Total {
			return words, k.st.danger
		}
		return words, ""
	}
}

// start asks whom to review, and why.
func (v *reviewsView) start() tea.Cmd {
	t := &v.kit.t.Access
	if !v.kit.may(policy.ReviewStart) {
		return notify(noteWarn, t.OffStart)
	}
	var options []option
	var starts []ops.ReviewStart
	for _, r := range policy.Roles {
		options = append(options, option{text: v.kit.t.role(r), hint: t.StartRole})
		starts = append(starts, ops.ReviewStart{Role: r})
	}
	for _, p := range v.kit.standing() {
		options = append(options, option{text: v.kit.colleague(p.ID), hint: t.StartPerson})
		starts = append(starts, ops.ReviewStart{Person: p.ID})
	}
	return show(newChoose(v.kit, t.StartWhat, options, func(i int) tea.Cmd {
		return v.kit.because(t.ReasonAsk, t.ReasonHint, func(why text.Line) tea.Cmd {
			starts[i].Reason = why
			return v.begin(starts[i])
		})
	}))
}

// standing are the colleagues who have not left, by name.
func (k *kit) standing() []db.Colleague {
	var all []db.Colleague
	for _, p := range k.people {
		if !p.Gone {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b db.Colleague) int { return int(a.ID - b.ID) })
	return all
}

func (v *reviewsView) begin(s ops.ReviewStart) tea.Cmd {
	acts, actor := v.kit.Ops, v.kit.Actor
	return perform(v.kit, &v.does, func(ctx context.Context) (int32, error) { return acts.StartReview(ctx, actor, s) },
		func(int32) string { return v.kit.t.Access.Started }, v.load)
}

// myReviewsView is what was decided about one's own access.
type myReviewsView struct {
	kit   *kit
	own   []ops.OwnReview
	known bool
	list  roster
	asks  latest
}

func newMyReviews(k *kit) *myReviewsView { return &myReviewsView{kit: k} }

func (v *myReviewsView) Title() string   { return v.kit.t.Access.Mine }
func (v *myReviewsView) Keys() []binding { return nil }
func (v *myReviewsView) Leave()          { v.asks.drop() }

func (v *myReviewsView) Init() tea.Cmd {
	acts, actor := v.kit.Ops, v.kit.Actor
	return ask(v.kit, &v.asks, func(ctx context.Context) ([]ops.OwnReview, error) {
		return acts.OwnReviews(ctx, actor)
	}, func(own []ops.OwnReview, err error) tea.Cmd { v.own, v.known = own, err == nil; return v.kit.fail(err) })
}

func (v *myReviewsView) Update(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		v.list.press(key.String())
	}
	return nil
}

func (v *myReviewsView) View(w, height int) string {
	t := &v.kit.t.Access
	cols := []int{10, 12, 14, 18, max(w-4-58, 8)}
	rows := make([]rosterRow, len(v.own))
	for i, o := range v.own {
		by := t.ByItself
		if o.Item.DecidedBy != 0 {
			by = v.kit.colleague(o.Item.DecidedBy)
		} else if o.Item.Decision == policy.Undecided {
			by = v.kit.colleague(o.Item.Reviewer)
		}
		rows[i] = rosterRow{
			id:   fmt.Sprintf("%d/%d", o.Item.ReviewID, o.Item.GrantID),
			text: columns(cols, v.kit.reviewName(o.Review), v.kit.t.role(o.Item.Role), t.Decisions[o.Item.Decision], by, o.Item.Reason.String()),
		}
	}
	v.list.put(rows)
	lines := []string{"   " + v.kit.st.faint.of(cut(columns(cols, t.Which, t.Grant, t.Decision, t.Reviewer, t.Why), w-4))}
	switch {
	case !v.known:
		lines = append(lines, "   "+v.kit.st.faint.of(v.kit.t.Loading))
	case len(v.own) == 0:
		lines = append(lines, indent(v.kit.hint(t.NoneMine, w), w)...)
	}
	return join(append(lines, v.list.lines(v.kit.st, w, max(height-len(lines), 0))...))
}
