package cluster

import (
	"context"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

// A server that is killed while an unlogged table is being made recovers, too:
// PostgreSQL by itself needs a second start for that.
func TestStart_KilledWithUnloggedTable(t *testing.T) {
	cfg := config(openDir(t))
	killedWhileMaking(t, cfg)
	if _, err := start(t.Context(), quiet(cfg)); err == nil {
		t.Fatal("the control: it recovers at the first start, so this test shows nothing")
	}
	killedWhileMaking(t, cfg)
	wantKept(t, mustStart(t, cfg))
}

func quiet(cfg Config) Config { cfg.Say = func(string) {}; return cfg }

// killedWhileMaking leaves what a transaction that makes an unlogged table
// leaves when the server is killed, and the log is on disk up to there.
func killedWhileMaking(t *testing.T, cfg Config) {
	t.Helper()
	c, err := Start(t.Context(), quiet(cfg))
	if err != nil {
		t.Fatal(err)
	}
	making, err := pgx.Connect(t.Context(), c.URL("postgres", Superuser))
	if err != nil {
		t.Fatal(err)
	}
	defer making.Close(context.Background())
	if _, err := making.Exec(t.Context(), "begin; create unlogged table half_made (n int)"); err != nil {
		t.Fatal(err)
	}
	exec1(t, c, "drop table if exists kept; "+plant)
	syscall.Kill(postmaster(t, c), syscall.SIGKILL)
	wantDone(t, c)
}
