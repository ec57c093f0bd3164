package ops

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/db/seal"
	"balie/policy"
)

// other says what another process of this binary is to be: a node with that
// name.
const (
	otherNode = "BALIE_TEST_NODE"
	otherURL  = "BALIE_TEST_URL"
	unfenced  = "BALIE_TEST_UNFENCED"
)

// brew is a job of two batches that leaves a trace of each. Between the two it
// tells of a period that ends on the mark, and waits for a word.
func brew(o *Ops, fenced bool, word func(period string)) Job {
	leave := func(ctx context.Context, r *Run, half string) error {
		write := func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, "insert into traces (period, half, node) values ($1, $2, $3)", r.Period.Key, half, o.Node)
			r.Reached = half
			r.Count("halves", 1)
			return err
		}
		if !fenced {
			return o.act(ctx, policy.System(policy.Clock), policy.SystemJob, policy.Resource{}, write)
		}
		return r.Batch(ctx, policy.SystemJob, write)
	}
	return Job{Name: "tea.brew", Spec: "* * * * *", Every: db.EveryMinute, CatchUp: true, Run: func(ctx context.Context, r *Run) error {
		if r.Reached == "" {
			if err := leave(ctx, r, "first"); err != nil {
				return err
			}
		}
		word(r.Period.Key)
		return leave(ctx, r, "second")
	}}
}

// kitchen is a database in which a number of periods of the job were missed.
func kitchen(t *testing.T, missed int) *Ops {
	store := dbtest.New(t)
	dbtest.Exec(t, `create table traces (period text, half text, node text);
alter table traces enable row level security, force row level security;
create policy clock on traces to balie_clock using (true); grant select, insert on traces to balie_clock`)
	dbtest.Exec(t, `insert into job_runs (job, period, since, until, due, node, state) select 'tea.brew', p.period, p.since, p.until, p.due, '', 'skipped'
from period_from('minute', 'UTC', '0', due_wall('minute', 'UTC', '0', now() - $1 * interval '1 minute')) p`, missed)
	o := New(store, slog.New(slog.DiscardHandler))
	o.Node = "here"
	return o
}

// nodeProcess is a node of its own process, that can be killed and stopped.
type nodeProcess struct {
	*exec.Cmd
	in    io.Writer
	words *bufio.Scanner
}

func startNode(t *testing.T, name string, fenced bool) *nodeProcess {
	t.Helper()
	cmd := exec.Command("/proc/self/exe", "-test.run=^TestOtherNode$")
	cmd.Env = append(os.Environ(), otherNode+"="+name, otherURL+"="+dbtest.LoginURL(t))
	if !fenced {
		cmd.Env = append(cmd.Env, unfenced+"=1")
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &nodeProcess{cmd, in, bufio.NewScanner(out)}
	t.Cleanup(p.kill)
	return p
}

func (p *nodeProcess) kill() {
	_ = p.Process.Kill()
	_ = p.Wait()
}

// hears waits for a word of the other node.
func (p *nodeProcess) hears(t *testing.T, want string) string {
	t.Helper()
	for p.words.Scan() {
		if rest, ok := strings.CutPrefix(p.words.Text(), want); ok {
			return strings.TrimSpace(rest)
		}
	}
	t.Fatalf("the other node ended without saying %q", want)
	return ""
}

// TestOtherNode is that process. It says where it is, and goes on when told.
func TestOtherNode(t *testing.T) {
	name := os.Getenv(otherNode)
	if name == "" {
		t.Skip("run by other tests")
	}
	store, err := db.Open(os.Getenv(otherURL), seal.New())
	if err != nil {
		t.Fatal(err)
	}
	o := New(store, slog.New(slog.DiscardHandler))
	o.Node = name
	told := bufio.NewScanner(os.Stdin)
	job := brew(o, os.Getenv(unfenced) == "", func(period string) {
		fmt.Println("between", period)
		told.Scan()
	})
	duty, err := job.duty()
	if err != nil {
		t.Fatal(err)
	}
	for {
		c, ok, err := store.ClaimJob(t.Context(), duty, name)
		if ok && err == nil {
			_, err = o.perform(t.Context(), job, c)
			fmt.Println("ended", errors.Is(err, db.ErrOvertaken), err)
		}
	}
}

// silent makes the run of a node look as if nothing was heard of it for a
// while.
func silent(t *testing.T, node string) {
	dbtest.Exec(t, "update job_runs set beat_at = beat_at - interval '1 minute' where node = $1 and state = 'running'", node)
}

// TestNodes_EachOnce: two nodes do 200 missed periods together while one of
// them is killed again and again in the middle: each half of each is done once.
func TestNodes_EachOnce(t *testing.T) {
	const missed, kills = 200, 5
	o := kitchen(t, missed)
	from := dbtest.Query[string](t, "select min(period) from job_runs")
	for kill := range kills {
		p := startNode(t, fmt.Sprintf("victim%d", kill), true)
		for range kill * 3 {
			p.hears(t, "between")
			fmt.Fprintln(p.in)
		}
		p.hears(t, "between")
		p.kill()
		silent(t, fmt.Sprintf("victim%d", kill))
	}
	second := startNode(t, "second", true)
	go func() { // tells the second node to go on at once, always
		for second.words.Scan() {
			fmt.Fprintln(second.in)
		}
	}()
	done := func() int {
		return dbtest.Query[int](t, "select count(*)::int from job_runs where state = 'done' and period > $1", from)
	}
	for end := time.Now().Add(time.Minute); done() < missed && time.Now().Before(end); {
		if err := o.runDue(t.Context(), []Job{brew(o, true, func(string) {})}); err != nil {
			t.Fatal(err)
		}
	}
	second.kill()
	silent(t, "second")
	if err := o.runDue(t.Context(), []Job{brew(o, true, func(string) {})}); err != nil {
		t.Fatal(err)
	}
	periods := dbtest.Query[int](t, "select count(*)::int from job_runs where period > $1", from)
	once := dbtest.Query[int](t, `select count(*)::int from (select period, half from traces group by period, half having count(*) = 1) x`)
	all := dbtest.Query[int](t, "select count(*)::int from traces")
	if periods < missed || once != 2*periods || all != once {
		t.Errorf("%d periods: %d halves done once, %d traces in all", periods, once, all)
	}
	t.Logf("%d periods, %d kills; by node: %s", periods, kills, dbtest.Query[string](t,
		"select string_agg(node || ' ' || n, ', ') from (select node, count(*) as n from traces group by node order by node) x"))
	if bad := dbtest.Query[string](t, "select coalesce(string_agg(period || ' ' || state || ' ' || counts::text, ', '), '') from job_runs where period > $1 and (state <> 'done' or counts <> '{\"halves\": 2}')", from); bad != "" {
		t.Errorf("wrong in the history: %s", bad)
	}
}

// overtake stops a node in the middle of a run, lets this one do the rest, and
// lets the other go on. It gives the number of traces of the second half.
func overtake(t *testing.T, fenced bool) (halves int, refused string) {
	o := kitchen(t, 1)
	p := startNode(t, "stopped", fenced)
	period := p.hears(t, "between")
	if err := p.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	silent(t, "stopped")
	for dbtest.Query[string](t, "select state from job_runs where period = $1", period) != "done" {
		if err := o.runDue(t.Context(), []Job{brew(o, true, func(string) {})}); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(p.in)
	refused, _, _ = strings.Cut(p.hears(t, "ended"), " ")
	return dbtest.Query[int](t, "select count(*)::int from traces where period = $1 and half = 'second'", period), refused
}

func TestNodes_Overtaken(t *testing.T) {
	if halves, refused := overtake(t, true); halves != 1 || refused != "true" {
		t.Errorf("the second half was written %d times; the stopped node was told that it was overtaken: %s", halves, refused)
	}
	t.Run("control", func(t *testing.T) { // without the token it does write
		if halves, _ := overtake(t, false); halves != 2 {
			t.Errorf("the second half was written %d times: this test shows nothing", halves)
		}
	})
}
