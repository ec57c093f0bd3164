package bench

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
	"balie/views"
	"balie/views/screen"
)

// boardDeals is how many deals stand on the board that is drawn.
const boardDeals = 500

// boardActs answers with one board, so that only its drawing is measured.
type boardActs struct {
	views.Acts
	board ops.Board
}

func (a boardActs) DealBoard(context.Context, policy.Actor, db.DealQuery) (ops.Board, error) {
	return a.board, nil
}

// board measures the kanban board as the server draws it: a key, the screen that
// follows, and what goes to the terminal, in memory.
func (h *House) board(ctx context.Context) ([]Figure, error) {
	b, err := h.Ops.DealBoard(ctx, h.Sales, db.DealQuery{})
	if err != nil {
		return nil, err
	}
	b.Deals = db.DealPage{Rows: someBoard(b)}
	var out []Figure
	for _, size := range []screen.Size{{Width: 80, Height: 24}, {Width: 200, Height: 50}} {
		out = append(out, Figure{
			What: fmt.Sprintf("board of %d deals at %d×%d, key to last byte", boardDeals, size.Width, size.Height),
			Got:  h.boardAt(ctx, b, size).String(), Target: "≤ 16 ms",
		})
	}
	return out, nil
}

// someBoard are deals in the stages that are open, by turns.
func someBoard(b ops.Board) []db.Deal {
	var stages []db.Stage
	for _, s := range b.Pipelines[0].Stages {
		if s.Meaning == policy.StageOpen && !s.Retired {
			stages = append(stages, s)
		}
	}
	all := make([]db.Deal, boardDeals)
	for n := range all {
		d := someDeal(int64(n + 1))
		d.ID, d.Version, d.Stage, d.Name = int64(n+1), 1, stages[n%len(stages)].ID, text.New(fmt.Sprintf("Bouwbedrijf %d", rand.IntN(1000)))
		all[n] = d
	}
	return all
}

func (h *House) boardAt(ctx context.Context, b ops.Board, size screen.Size) (waits times) {
	s := &views.Session{
		Ctx: ctx, Actor: h.Sales, Ops: boardActs{h.Ops, b}, Lang: "nl", Width: size.Width, Height: size.Height, Dark: true,
		Country: h.Ops.Country, Drafts: views.NewDrafts(), Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: time.Now,
	}
	r := startModel(views.New(s), size)
	defer r.stop()
	r.settle()
	for _, key := range []string{":", "deals\r"} {
		_, _ = io.WriteString(r.typed, key)
		r.settle()
	}
	for range 20 {
		for _, key := range []string{"j", "j", "j", "k", "\x1b[C", "\x1b[D"} {
			_ = waits.timed(func() error { r.press(key); return nil })
			r.settle()
		}
	}
	return waits
}
