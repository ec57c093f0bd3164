package ops

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"balie/db"
)

// tardy answers late and doesn't mind who has stopped waiting, as to a process
// that was stopped before it read the answer.
type tardy struct {
	*line
	late atomic.Int64
}

func (s *tardy) Standing(ctx context.Context, ids []string) ([]db.Standing, error) {
	time.Sleep(time.Duration(s.late.Load()))
	return s.line.Standing(ctx, ids)
}

func TestWatch_oldAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, from := NewHub(), &tardy{line: &line{}}
		ctx, cancel := context.WithCancel(t.Context())
		var done sync.WaitGroup
		done.Go(func() { _ = watch(ctx, h, from, slog.New(slog.DiscardHandler)) })
		synctest.Wait()
		if !h.Admitting() {
			t.Error("control: a timely answer admits nobody")
		}
		from.late.Store(int64(feedLimit + 2*time.Second))
		time.Sleep(pollEvery + feedLimit + 3*time.Second) // the answer has come, the next not yet
		if h.Admitting() {
			t.Error("an answer of long ago lets people in")
		}
		cancel()
		done.Wait()
	})
}
