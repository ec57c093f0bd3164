package clustertest_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/db/cluster"
	"balie/db/cluster/clustertest"
)

func ask(t *testing.T, url, sql string) (answer string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if err := conn.QueryRow(t.Context(), sql).Scan(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestTemplate(t *testing.T) {
	built := 0
	build := func(ctx context.Context, url string) error {
		built++
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		_, err = conn.Exec(ctx, "create table n (n int); create role reader; grant select on n to reader")
		return err
	}
	var url, name string
	t.Run("clones", func(t *testing.T) {
		url = clustertest.New(t, clustertest.Template(t, "numbers", build))
		other := clustertest.New(t, clustertest.Template(t, "numbers", build))
		name = ask(t, url, "insert into n values (1) returning current_database()::text")
		if got := ask(t, other, "select count(*)::text from n"); got != "0" {
			t.Errorf("a clone sees %s rows of another", got)
		}
		if got := ask(t, clustertest.As(t, url, "reader"), "select current_user || count(*)::text from n"); got != "reader1" {
			t.Errorf("as reader: %s", got)
		}
	})
	if built != 1 {
		t.Errorf("built %d times", built)
	}
	admin := clustertest.Cluster(t).URL("postgres", cluster.Superuser)
	if got := ask(t, admin, fmt.Sprintf("select count(*)::text from pg_database where datname = '%s'", name)); got != "0" {
		t.Error("the clone outlives its test")
	}
}

const dies = "BALIE_TEST_DIES"

// TestDies is the binary that another test lets panic.
func TestDies(t *testing.T) {
	if os.Getenv(dies) == "" {
		t.Skip("run by TestServerEndsWithItsBinary")
	}
	fmt.Println("data:", ask(t, clustertest.New(t, ""), "show data_directory"))
	go panic("as tests do")
	select {}
}

func TestServerEndsWithItsBinary(t *testing.T) {
	cmd := exec.Command("/proc/self/exe", "-test.run=^TestDies$")
	cmd.Env = append(os.Environ(), dies+"=1")
	out, err := cmd.CombinedOutput()
	_, rest, found := strings.Cut(string(out), "data: ")
	if err == nil || !found {
		t.Fatalf("want a panic after a database: %v\n%s", err, out)
	}
	dir, _, _ := strings.Cut(rest, "/server/data")
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(dir); os.IsNotExist(err) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s outlives the panic", dir)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	clustertest.Cluster(b)
	for b.Loop() {
		clustertest.New(b, "")
	}
}

// The server's clock goes where the test puts it, for processes that were
// there before too, and runs on.
func TestFake(t *testing.T) {
	f := clustertest.Fake(t)
	conn, err := pgx.Connect(t.Context(), f.URL("postgres", cluster.Superuser))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for _, want := range []time.Time{time.Date(2028, 2, 29, 12, 0, 0, 0, time.UTC), time.Now(), time.Date(2019, 3, 31, 1, 59, 50, 0, time.UTC)} {
		f.Set(t, want)
		var old time.Time
		if err := conn.QueryRow(t.Context(), "select clock_timestamp()").Scan(&old); err != nil {
			t.Fatal(err)
		}
		fresh := ask(t, f.URL("postgres", cluster.Superuser), "select to_char(now(), 'YYYY-MM-DD HH24:MI')")
		if off := old.Sub(want).Abs(); off > 5*time.Second || !strings.HasPrefix(want.Format("2006-01-02 15:04"), fresh[:13]) {
			t.Errorf("put on %s: an old connection says %s, a new one %s", want, old, fresh)
		}
	}
}
