package db

import (
	"context"

	"github.com/jackc/pgx/v5"

	"balie/policy"
	"balie/policy/text"
)

// Pipeline is a row of stages that deals go through. One that came with the
// program has a Word, by which it is named in the reader's language.
type Pipeline struct {
	ID      int32
	Word    string
	Name    text.Line // when the manager named it
	Place   int32
	Version int
	Stages  []Stage // in order; retired ones last
}

// Stage is one of its stages.
type Stage struct {
	ID       int32
	Pipeline int32
	Place    int32
	Word     string
	Name     text.Line
	Retired  bool
	policy.StageRules
}

// Rules are those of the stages in use.
func (p Pipeline) Rules() (all []policy.StageRules) {
	for _, s := range p.Stages {
		if !s.Retired {
			all = append(all, s.StageRules)
		}
	}
	return all
}

type pipelineRow struct {
	ID         int32
	Word, Name string
	Place      int32
	Version    int
}

type stageRow struct {
	ID, PipelineID, Place int32
	Word, Name, Meaning   string
	Probability, Days     int16
	Retired               bool
}

const (
	selectPipelines = `select id, word, name, place, version from pipelines where retired_at is null order by place, id`
	selectStages    = `select id, pipeline_id, place, word, name, meaning, probability, days, retired_at is not null as retired
		from stages order by retired_at is not null, place, id`
	selectStage = `select id, pipeline_id, place, word, name, meaning, probability, days, retired_at is not null as retired from stages where id = $1`
)

// ListPipelines gives those in use, with their stages.
func (tx *Tx) ListPipelines(ctx context.Context) (all []Pipeline, err error) {
	err = tx.Together(ctx, tx.Pipelines(&all))
	return all, err
}

// Pipelines is ListPipelines as one of several questions.
func (tx *Tx) Pipelines(into *[]Pipeline) Read {
	return func(batch *pgx.Batch) {
		var stages []stageRow
		also(batch, &stages, selectStages)
		reading(into, func(rows []pipelineRow) ([]Pipeline, error) { return withStages(rows, stages), nil }, selectPipelines)(batch)
	}
}

func withStages(rows []pipelineRow, stages []stageRow) []Pipeline {
	all := make([]Pipeline, len(rows))
	for i, r := range rows {
		all[i] = Pipeline{ID: r.ID, Word: r.Word, Name: text.New(r.Name), Place: r.Place, Version: r.Version}
		for _, s := range stages {
			if s.PipelineID == r.ID {
				all[i].Stages = append(all[i].Stages, s.stage())
			}
		}
	}
	return all
}

func (r stageRow) stage() Stage {
	return Stage{
		ID: r.ID, Pipeline: r.PipelineID, Place: r.Place, Word: r.Word, Name: text.New(r.Name), Retired: r.Retired,
		StageRules: policy.StageRules{Meaning: policy.StageMeaning(r.Meaning), Probability: r.Probability, Days: r.Days},
	}
}

// GetStage reads one stage.
func (tx *Tx) GetStage(ctx context.Context, id int32) (Stage, error) {
	r, err := one(collect[stageRow](ctx, tx, selectStage, id))
	return r.stage(), err
}

const (
	insertPipeline = `insert into pipelines (name, place) values ($1, (select count(*) + 1 from pipelines)) returning id`
	renamePipeline = `update pipelines set name = $3, version = version + 1 where id = $1 and version = $2 and retired_at is null`
	insertStage    = `insert into stages (pipeline_id, place, name, meaning, probability, days) values ($1, $2, $3, $4, $5, $6)`
	updateStage    = `update stages set place = $3, name = $4, probability = $5, days = $6 where id = $1 and pipeline_id = $2 and meaning = $7 and retired_at is null`
	retireStages   = `update stages set retired_at = now() where pipeline_id = $1 and retired_at is null and id <> all($2)`
)

// SavePipeline writes a pipeline with its stages in their order: new ones have
// no id, and those that are left out are retired. Deals in these stay there until
// they are moved.
func (tx *Tx) SavePipeline(ctx context.Context, p Pipeline) (id int32, err error) {
	if p.ID == 0 {
		err = tx.QueryRow(ctx, insertPipeline, p.Name.String()).Scan(&p.ID)
	} else {
		err = tx.fresh(ctx, renamePipeline, p.ID, p.Version, p.Name.String())
	}
	if err != nil {
		return 0, err
	}
	kept := []int32{}
	for _, s := range p.Stages {
		if s.ID != 0 {
			kept = append(kept, s.ID)
		}
	}
	if _, err := tx.Exec(ctx, retireStages, p.ID, kept); err != nil {
		return 0, err
	}
	for place, s := range p.Stages {
		if s.ID == 0 {
			_, err = tx.Exec(ctx, insertStage, p.ID, place+1, s.Name.String(), string(s.Meaning), s.Probability, s.Days)
		} else {
			err = tx.must(ctx, updateStage, s.ID, p.ID, place+1, s.Name.String(), s.Probability, s.Days, string(s.Meaning))
		}
		if err != nil {
			return 0, err
		}
	}
	tx.About(int64(p.ID), "stages")
	return p.ID, nil
}

// fresh is must for something that somebody else may have changed.
func (tx *Tx) fresh(ctx context.Context, sql string, args ...any) error {
	done, err := tx.did(ctx, sql, args...)
	if err == nil && !done {
		err = policy.Errorf(policy.Conflict, "Somebody else changed this meanwhile: look at it again.")
	}
	return err
}
