package views

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

var fakeStages = []db.Stage{
	{ID: 1, Pipeline: 1, Word: "new", StageRules: policy.StageRules{Meaning: policy.StageOpen, Probability: 10, Days: 14}},
	{ID: 2, Pipeline: 1, Word: "quote", StageRules: policy.StageRules{Meaning: policy.StageOpen, Probability: 40, Days: 21}},
	{ID: 3, Pipeline: 1, Word: "negotiation", StageRules: policy.StageRules{Meaning: policy.StageOpen, Probability: 70, Days: 30}},
	{ID: 4, Pipeline: 1, Word: "won", StageRules: policy.StageRules{Meaning: policy.StageWon, Probability: 100}},
	{ID: 5, Pipeline: 1, Word: "lost", StageRules: policy.StageRules{Meaning: policy.StageLost}},
}

func fakePipelines() []db.Pipeline {
	return []db.Pipeline{{ID: 1, Word: "sales", Version: 1, Stages: slices.Clone(fakeStages)}}
}

// dealsOf makes n open deals, among them long and wide names, old and
// restricted ones.
func dealsOf(n int) []db.Deal {
	titles := []string{"Dakkapel", "Serre Van Dam", "Aanbouw met kelder en een heel lange omschrijving erbij", "Zolder 漢字漢字", "Keuken"}
	all := make([]db.Deal, n)
	for i := range all {
		d := db.Deal{
			ID: int64(i + 1), Customer: int64(i%60 + 1), Name: text.New("Janneke de Vries"), Status: policy.Lead, Owner: 3, Stage: int32(i%3 + 1), Restricted: i%17 == 3,
			StageSince: noon.AddDate(0, 0, -i%50), Value: policy.Cents(i) * 123_456, Version: 1, CreatedAt: noon, UpdatedAt: noon,
		}
		d.Title, d.Next = text.New(titles[i%len(titles)]+fmt.Sprint(" ", i+1)), text.New("vrijdag bellen")
		if i%3 == 0 {
			d.Expected = noon.AddDate(0, i%6-1, 0)
		}
		all[i] = d
	}
	return all
}

func (f *fakeActs) theDeals() []db.Deal {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.deals == nil {
		f.deals = dealsOf(40)
	}
	return f.deals
}

func (f *fakeActs) DealBoard(_ context.Context, _ policy.Actor, q db.DealQuery) (ops.Board, error) {
	b := ops.Board{Pipelines: fakePipelines(), Now: noon, Today: noon}
	f.mu.Lock()
	f.board = append(f.board, q)
	f.mu.Unlock()
	for _, d := range f.theDeals() {
		if strings.Contains(strings.ToLower(d.Title.String()), q.Text) && (q.Closed != d.ClosedAt.IsZero() || q.Recent) && (q.Customer == 0 || d.Customer == q.Customer) {
			b.Deals.Rows = append(b.Deals.Rows, d)
		}
	}
	return b, f.did("board")
}

func (f *fakeActs) ViewDeal(_ context.Context, _ policy.Actor, id int64) (ops.DealSight, error) {
	d := f.theDeals()[id-1]
	d.Parts = []db.Part{{Contact: 2, Name: text.New("Joris van den Berg"), Part: text.New("beslist")}}
	d.Remark = text.NewBlock("Eerst de tekening.\nDan de offerte.")
	return ops.DealSight{Deal: d, Fields: fakeFields(), Pipelines: fakePipelines(), Now: noon, Today: noon, History: []db.Past{{
		Version: 2, At: noon, Person: 3, Act: policy.DealMove, Changes: []db.Change{{Field: "stage", From: text.New("#1"), To: text.New("#2")}, {Field: "value", From: text.New("1.00"), To: text.New("2500.00")}},
	}}}, f.did("deal")
}

func (f *fakeActs) CreateDeal(_ context.Context, _ policy.Actor, d db.Deal, convert bool, _ ops.RequestKey) (db.Deal, error) {
	if err := ops.CheckDeal(d); err != nil {
		return d, err
	}
	all := f.theDeals()
	d.ID, d.Version, d.Stage, d.StageSince, d.Owner = int64(len(all)+1), 1, 1, noon, 3
	f.deals = append(all, d)
	return d, f.did(fmt.Sprintf("create deal %t", convert))
}

func (f *fakeActs) write(d db.Deal) (ops.DealChange, error) {
	was := f.theDeals()[d.ID-1]
	if was.Version != d.Version {
		return ops.DealChange{}, policy.Errorf(policy.Conflict, "Somebody else changed this deal meanwhile: look at it again.").Because(&db.StaleOf[db.Deal]{Mine: d, Theirs: was})
	}
	d.Version++
	f.deals[d.ID-1] = d
	return ops.DealChange{Before: was, After: d}, f.did("write deal")
}

func (f *fakeActs) UpdateDeal(_ context.Context, _ policy.Actor, d db.Deal, _ ops.RequestKey) (ops.DealChange, error) {
	return f.write(d)
}

func (f *fakeActs) MoveDeal(_ context.Context, _ policy.Actor, id int64, version int, stage int32, why text.Line, _ ops.RequestKey) (ops.DealChange, error) {
	d := f.theDeals()[id-1]
	d.Version, d.Stage, d.Why, d.StageSince = version, stage, why, noon
	return f.write(d)
}

func (f *fakeActs) UndoDeal(_ context.Context, _ policy.Actor, version int, before db.Deal, _ ops.RequestKey) (db.Deal, error) {
	before.Version = version
	c, err := f.write(before)
	return c.After, err
}

func (f *fakeActs) TeamFigures(context.Context, policy.Actor) (ops.Team, error) {
	next := noon.AddDate(0, 1, 0)
	t := ops.Team{
		Today: noon, Week: noon.AddDate(0, 0, -6), Months: []db.Forecast{{Month: &noonMonth, Number: 2, Full: 200_000, Weighted: 90_000}, {Month: &next, Number: 1, Full: 100_000, Weighted: 10_000}},
		All: db.Late{Number: 14, Value: 9_900_000}, Doings: []db.Doings{{Person: 3, Happened: 12, Done: 4, Won: 1}, {Person: 4, Happened: 2}},
	}
	for _, d := range f.theDeals() {
		if d.ClosedAt.IsZero() {
			t.Late = append(t.Late, d)
		}
	}
	return t, f.did("team figures")
}

var noonMonth = time.Date(noon.Year(), noon.Month(), 1, 0, 0, 0, 0, time.UTC)

func (f *fakeActs) WhoToCall(context.Context, policy.Actor) (c ops.Calls, err error) {
	if rows, _ := f.ListLeaving(context.Background(), policy.Actor{}); len(rows) > 2 {
		c.Deals, c.Clients = rows[:1], rows[1:3]
	}
	return c, f.did("who to call")
}

func (f *fakeActs) PipelineSums(context.Context, policy.Actor) (ops.Pipe, error) {
	return ops.Pipe{Pipelines: fakePipelines(), Sums: []db.StageSum{{Stage: 1, Number: 4, Value: 3_200_000}, {Stage: 2, Number: 6, Value: 8_850_000}, {Stage: 3, Number: 3, Value: 6_400_000}, {Stage: 4, Number: 1, Value: 2_130_000}}}, f.did("sums")
}

func (f *fakeActs) ForecastDeals(context.Context, policy.Actor, int32, int32) ([]db.Forecast, time.Time, error) {
	month := func(n int) *time.Time { m := time.Date(2026, time.Month(10+n), 1, 0, 0, 0, 0, time.UTC); return &m }
	return []db.Forecast{{Month: month(0), Number: 2, Full: 1_000_000, Weighted: 400_000, Won: 0}, {Month: month(1), Number: 5, Full: 8_850_050, Weighted: 3_540_020, Won: 2_130_000}, {Month: month(2), Number: 1, Full: 200_000_000, Weighted: 140_000_000, Won: 0}, {Month: nil, Number: 3, Full: 1, Weighted: 1, Won: 0}}, noon, f.did("forecast")
}

func (f *fakeActs) ListPipelines(context.Context, policy.Actor) ([]db.Pipeline, error) {
	return fakePipelines(), nil
}

func (f *fakeActs) SavePipeline(_ context.Context, _ policy.Actor, p db.Pipeline) (int32, error) {
	f.saved = p
	return p.ID, policy.CheckStages(p.Rules())
}
