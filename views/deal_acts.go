package views

import (
	"context"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// DealActs are those on deals and their pipelines.
type DealActs interface {
	DealBoard(context.Context, policy.Actor, db.DealQuery) (ops.Board, error)
	ViewDeal(ctx context.Context, actor policy.Actor, id int64) (ops.DealSight, error)
	CreateDeal(ctx context.Context, actor policy.Actor, d db.Deal, convert bool, request ops.RequestKey) (db.Deal, error)
	UpdateDeal(context.Context, policy.Actor, db.Deal, ops.RequestKey) (ops.DealChange, error)
	MoveDeal(ctx context.Context, actor policy.Actor, id int64, version int, stage int32, why text.Line, request ops.RequestKey) (ops.DealChange, error)
	UndoDeal(ctx context.Context, actor policy.Actor, version int, before db.Deal, request ops.RequestKey) (db.Deal, error)
	PipelineSums(context.Context, policy.Actor) (ops.Pipe, error)
	TeamFigures(context.Context, policy.Actor) (ops.Team, error)
	ForecastDeals(ctx context.Context, actor policy.Actor, pipeline, owner int32) ([]db.Forecast, time.Time, error)
	ListPipelines(context.Context, policy.Actor) ([]db.Pipeline, error)
	SavePipeline(context.Context, policy.Actor, db.Pipeline) (int32, error)
}
