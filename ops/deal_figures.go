package ops

import (
	"context"
	"iter"
	"strconv"
	"strings"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

func splitComma(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for one := range strings.SplitSeq(s, ",") {
			if one = strings.TrimSpace(one); one != "" && !yield(one) {
				return
			}
		}
	}
}

func parsePart(s string) (db.Part, error) {
	number, part, _ := strings.Cut(strings.TrimPrefix(s, "#"), " ")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil || id <= 0 {
		return db.Part{}, policy.Errorf(policy.Invalid, "Give the number of a contact and the part, as 12 decides, with commas between several.").On("parts")
	}
	return db.Part{Contact: id, Part: text.New(strings.TrimSpace(part))}, nil
}

// ParseDay reads a day as 2026-12-31; "" is none.
func ParseDay(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	day, err := time.Parse(time.DateOnly, s)
	if err != nil || day.Year() < 1900 || day.Year() > 2199 {
		return day, policy.Errorf(policy.Invalid, "Give a day as 2026-12-31.").On("expected")
	}
	return day, nil
}

// Pipe is a pipeline in figures, for first screens.
type Pipe struct {
	Pipelines []db.Pipeline
	Sums      []db.StageSum
}

// PipelineSums adds up the open deals by stage, and those closed this month.
func (o *Ops) PipelineSums(ctx context.Context, actor policy.Actor) (p Pipe, err error) {
	err = o.act(ctx, actor, policy.DealList, policy.Resource{}, func(tx *db.Tx) error {
		if p.Pipelines, err = tx.ListPipelines(ctx); err != nil {
			return err
		}
		p.Sums, err = tx.SumStages(ctx)
		return err
	})
	return p, err
}

// ForecastDeals adds up the open deals by the month in which they are expected;
// zero pipeline and owner are all that the actor sees.
func (o *Ops) ForecastDeals(ctx context.Context, actor policy.Actor, pipeline, owner int32) (months []db.Forecast, today time.Time, err error) {
	err = o.act(ctx, actor, policy.DealList, policy.Resource{}, func(tx *db.Tx) error {
		if today, err = tx.Today(ctx); err != nil {
			return err
		}
		months, err = tx.ForecastDeals(ctx, pipeline, owner)
		return err
	})
	return months, today, err
}

// ListPipelines gives the pipelines with their stages.
func (o *Ops) ListPipelines(ctx context.Context, actor policy.Actor) (all []db.Pipeline, err error) {
	err = o.act(ctx, actor, policy.PipelineList, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.ListPipelines(ctx)
		return err
	})
	return all, err
}

// SavePipeline writes a pipeline with its stages, a new one without an id.
func (o *Ops) SavePipeline(ctx context.Context, actor policy.Actor, p db.Pipeline) (id int32, err error) {
	if err := checkPipeline(p); err != nil {
		return 0, err
	}
	err = o.act(ctx, actor, policy.PipelineManage, policy.Resource{}, func(tx *db.Tx) error {
		id, err = tx.SavePipeline(ctx, p)
		return err
	})
	return id, err
}

// maxStageName fits the column of a board.
const maxStageName = 40

func checkPipeline(p db.Pipeline) error {
	if p.Name.IsZero() && p.Word == "" || len(p.Name.String()) > maxStageName {
		return policy.Errorf(policy.Invalid, "A pipeline needs a name of at most %d characters.", maxStageName).On("name")
	}
	names := map[string]bool{}
	for _, s := range p.Stages {
		name := strings.ToLower(s.Name.String())
		if name == "" && s.Word == "" || len(name) > maxStageName || name != "" && names[name] {
			return policy.Errorf(policy.Invalid, "A stage needs a name of its own, of at most %d characters.", maxStageName).On("stages")
		}
		names[name] = true
	}
	return policy.CheckStages(p.Rules())
}

// FindStageNamed finds a stage by its number, its name, or the English word of
// one that came with the program; pipeline 0 is any.
func FindStageNamed(all []db.Pipeline, pipeline int32, name string) (db.Stage, error) {
	for _, p := range all {
		for _, s := range p.Stages {
			if (pipeline == 0 || p.ID == pipeline) && !s.Retired && (strings.EqualFold(name, s.Name.String()) || strings.EqualFold(name, s.Word) || name == strconv.Itoa(int(s.ID))) {
				return s, nil
			}
		}
	}
	return db.Stage{}, policy.Errorf(policy.Invalid, "There is no stage %q: pipelines list shows them.", text.Clean(name)).On("stage")
}
