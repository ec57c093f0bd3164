// Package bench measures what the README promises, on a whole house: the
// database with its row security, the acts, the server. Figures that compare
// are taken side by side in one run, since machines differ and are shared.
package bench

import (
	"context"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/crypto/ssh"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// House is what is measured, running.
type House struct {
	Store    *db.Store
	Ops      *ops.Ops
	OwnerURL string        // of the database, to build plain tables beside
	Addr     string        // of the SSH server
	HostKey  ssh.PublicKey // of the SSH server
	Admin    policy.Actor
	AdminKey ssh.Signer   // the admin signs in as well, to revoke
	Team     text.Line    // of the salespeople
	Sales    policy.Actor // owns about 1% of the customers
	Privacy  policy.Actor // sees all
	Manager  policy.Actor // of the team
	Finance  policy.Actor
	Auditor  policy.Actor
	Out      io.Writer
	Say      func(string)

	AdminCode func(context.Context) (policy.Sealed, error)
	Second    func(context.Context) (*Node, error) // starts another process on the same database
}

// Sections are the parts that can be asked for by name, in this order.
var Sections = []string{"search", "list", "open", "import", "screen", "keys", "signin", "revoke", "home", "live", "duplicates", "board", "invoices", "access", "erase", "sweep"}

// Run measures the named sections, or all, and prints a table of each.
func (h *House) Run(ctx context.Context, names ...string) error {
	h.Privacy = h.Privacy.For(text.New("benchmark"))
	parts := map[string]func(context.Context) ([]Figure, error){
		"search": h.search, "list": h.list, "open": h.open, "import": h.imports,
		"screen": h.screen, "keys": h.keys, "signin": h.signIns, "revoke": h.revoke, "home": h.home, "live": h.live, "access": h.access,
		"duplicates": h.duplicates, "board": h.board, "invoices": h.issuing, "erase": h.erase, "sweep": h.sweep,
	}
	if err := h.warm(ctx); err != nil {
		return fmt.Errorf("warm up: %w", err)
	}
	for _, name := range Sections {
		if len(names) > 0 && !slices.Contains(names, name) {
			continue
		}
		h.Say("measuring " + name)
		before := readTicks()
		figures, err := parts[name](ctx)
		if err != nil {
			return fmt.Errorf("measure %s: %w", name, err)
		}
		if err := h.print(figures, readTicks().since(before)); err != nil {
			return err
		}
	}
	return nil
}

// warm reads what is sought in into memory, where a server that has run for a
// day has it.
func (h *House) warm(ctx context.Context) error {
	h.Say("reading the database into memory")
	owner, err := pgx.Connect(ctx, h.OwnerURL)
	if err != nil {
		return err
	}
	defer owner.Close(ctx)
	for _, sql := range []string{
		"create extension if not exists pg_prewarm",
		"vacuum analyze customers, subject_keys, search_tokens, memberships",
		`select pg_prewarm(c.oid) from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where n.nspname = 'public' and c.relkind in ('r', 'i') and c.relname <> 'search_tokens'`,
	} {
		if _, err := owner.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return h.warmRoles(ctx)
}

// warmRoles lets each role's connection plan what it is going to be asked.
func (h *House) warmRoles(ctx context.Context) error {
	for _, who := range []policy.Actor{h.Privacy, h.Sales} {
		for _, q := range []db.Query{{Sort: db.ByName}, {Sort: db.ByActivity}, {Text: "jan"}} {
			if _, err := h.Ops.FindCustomers(ctx, who, q); err != nil {
				return err
			}
		}
	}
	return nil
}

// Figure is one line of the result.
type Figure struct {
	What   string
	Got    string
	Target string
	Beside string // the same of something else, in the same run
}

func (h *House) print(all []Figure, remark string) error {
	w := tabwriter.NewWriter(h.Out, 0, 0, 3, ' ', 0)
	fmt.Fprintln(w, "\nfigure\tmeasured\ttarget\tbeside")
	for _, f := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", f.What, f.Got, f.Target, f.Beside)
	}
	fmt.Fprint(w, remark)
	return w.Flush()
}

// times are how long single tries took.
type times []time.Duration

// at gives the quantile q, 0 to 1.
func (t times) at(q float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	s := slices.Clone(t)
	slices.Sort(s)
	return s[min(len(s)-1, int(q*float64(len(s))))]
}

func (t times) String() string {
	return fmt.Sprintf("p50 %s, p99 %s", short(t.at(.5)), short(t.at(.99)))
}

// short is a duration with three digits at most.
func short(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return fmt.Sprintf("%d µs", d.Microseconds())
	case d < 10*time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	}
	return fmt.Sprintf("%d ms", d.Milliseconds())
}

// ratio says how many times slower b is than a, by their medians.
func ratio(a, b times) string {
	return fmt.Sprintf("%.1f×", float64(b.at(.5))/float64(max(a.at(.5), 1)))
}

// timed runs fn and adds how long it took.
func (t *times) timed(fn func() error) error {
	start := time.Now()
	err := fn()
	*t = append(*t, time.Since(start))
	return err
}
