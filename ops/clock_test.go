package ops

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/robfig/cron/v3"

	"balie/db"
)

// asked is a database that says of a job that it is due from some time on, and
// when it was asked.
type asked struct {
	from  time.Time
	zone  string
	times []time.Time
	err   error
}

func (a *asked) due(context.Context, []db.Duty) ([]string, string, error) {
	a.times = append(a.times, time.Now())
	if a.err != nil || time.Now().Before(a.from) {
		return nil, a.zone, a.err
	}
	return []string{"tea.make"}, a.zone, nil
}

// wake runs a clock for a while, in a bubble whose time begins at midnight UTC
// of 1 January 2000.
func wake(t *testing.T, a *asked, spec string, lasts time.Duration, work func(context.Context, Job, db.Duty) error) {
	t.Helper()
	c, err := newClock([]Job{{Name: "tea.make", Spec: spec, Every: db.Daily}}, slog.New(slog.DiscardHandler), a.due, work)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), lasts)
	defer cancel()
	if err := c.keep(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("ended with %v", err)
	}
}

// The clock asks at the very second that a job's time comes in the
// organisation's zone, and otherwise every few seconds.
func TestClock_Wakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		a := &asked{zone: "Europe/Amsterdam", from: began.Add(33 * time.Second)}
		var at time.Duration
		wake(t, a, "0 1 * * *", 50*time.Second, func(context.Context, Job, db.Duty) error {
			if at == 0 {
				at = time.Since(began)
			}
			return nil
		})
		if at < 33*time.Second || at > 33*time.Second+askEvery {
			t.Errorf("what fell due after 33 s began after %s", at)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(59*time.Minute + 58*time.Second) // 00:59:58 in London, 01:59:58 in Amsterdam
		due := time.Now().Add(2 * time.Second)
		a := &asked{zone: "Europe/Amsterdam", from: due}
		wake(t, a, "0 2 * * *", 8*time.Second, func(context.Context, Job, db.Duty) error { return nil })
		if len(a.times) < 2 || !a.times[1].Equal(due) {
			t.Errorf("asked at %v, want at %s", a.times, due)
		}
	})
}

// A job under way on this node isn't begun again, and the clock waits for its
// end when it is stopped.
func TestClock_OneAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var now, most, ended atomic.Int32
		wake(t, &asked{zone: "UTC"}, "* * * * *", 50*time.Second, func(ctx context.Context, _ Job, _ db.Duty) error {
			most.Store(max(most.Load(), now.Add(1)))
			defer now.Add(-1)
			select {
			case <-ctx.Done():
				time.Sleep(3 * time.Second) // writes down how far it came
			case <-time.After(17 * time.Second):
			}
			ended.Add(1)
			return nil
		})
		if most.Load() != 1 || now.Load() != 0 || ended.Load() != 3 {
			t.Errorf("%d at once, %d left running, %d ended", most.Load(), now.Load(), ended.Load())
		}
	})
}

// Neither a panic of a job nor a database that is away ends the clock.
func TestClock_GoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tries := 0
		wake(t, &asked{zone: "no/such"}, "* * * * *", 21*time.Second, func(context.Context, Job, db.Duty) error {
			tries++
			panic("as jobs do")
		})
		if tries != 5 {
			t.Errorf("tried %d times", tries)
		}
		away := &asked{err: errors.New("away")}
		wake(t, away, "* * * * *", 21*time.Second, func(context.Context, Job, db.Duty) error { return nil })
		if len(away.times) != 5 {
			t.Errorf("asked %d times", len(away.times))
		}
	})
}

// Each job's spec names one moment in each of its periods: else the database,
// which goes by the first, and the wake-up call would differ.
func TestJobs_Spec(t *testing.T) {
	names := map[string]bool{}
	for _, j := range (&Ops{}).Jobs() {
		if names[j.Name] {
			t.Errorf("%s is there twice", j.Name)
		}
		names[j.Name] = true
		if _, err := j.duty(); err != nil {
			t.Error(err)
			continue
		}
		oncePerPeriod(t, j)
	}
}

func oncePerPeriod(t *testing.T, j Job) {
	t.Helper()
	at, _ := cron.ParseStandard("TZ=UTC " + j.Spec)
	shift, _ := j.shift()
	from, year := monday, monday.AddDate(1, 0, 0)
	for range 1500 { // a day of minutes, a year of days
		if !from.Before(year) {
			return
		}
		next := after(j.Every, from)
		first := at.Next(from.Add(-time.Second))
		if !first.Equal(from.Add(shift)) || at.Next(first).Before(next) {
			t.Errorf("%s: %q isn't once in the %s that begins at %s", j.Name, j.Spec, j.Every, from)
			return
		}
		from = next
	}
}

func after(c db.Cadence, from time.Time) time.Time {
	switch c {
	case db.EveryMinute:
		return from.Add(time.Minute)
	case db.EveryFiveMinutes:
		return from.Add(5 * time.Minute)
	case db.Hourly:
		return from.Add(time.Hour)
	case db.Daily:
		return from.AddDate(0, 0, 1)
	case db.Weekly:
		return from.AddDate(0, 0, 7)
	case db.Monthly:
		return from.AddDate(0, 1, 0)
	}
	return from.AddDate(0, 3, 0)
}
