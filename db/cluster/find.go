package cluster

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"balie/policy"
)

// Oldest is the oldest major version of PostgreSQL that balie works with.
const Oldest = 15

// Binaries are the programs of one PostgreSQL installation.
type Binaries struct {
	Dir   string // holds postgres and initdb; usually psql and pg_dump as well
	Major int    // 15, 16, ...
	libs  string // LD_LIBRARY_PATH when the packages were unpacked, not installed
	as    account
}

// Command prepares one of the programs: with its own libraries, a clean
// environment, and never as root. Add to Env what the program needs, such as
// PGPASSWORD; keep secrets out of args, everybody can read those.
func (b Binaries) Command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(b.Dir, name), args...)
	cmd.Env = b.env()
	b.as.wear(cmd)
	return cmd
}

// env leaves out the caller's environment: PGPORT, PGOPTIONS, LC_ALL and
// their like would change what the server does.
func (b Binaries) env() []string {
	env := []string{"PATH=" + b.Dir + ":/usr/bin:/bin", "LC_ALL=C", "HOME=/", "TZ=UTC"}
	if b.libs != "" {
		env = append(env, "LD_LIBRARY_PATH="+b.libs)
	}
	return env
}

// CacheDir is where fetched binaries are kept: $BALIE_CACHE, else the user's
// cache directory; for root a place that the server's account can reach too.
func CacheDir() string {
	if dir := os.Getenv("BALIE_CACHE"); dir != "" {
		return dir
	}
	if os.Geteuid() == 0 {
		return rootCache
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = filepath.Join(os.TempDir(), "cache-"+strconv.Itoa(os.Getuid()))
	}
	return filepath.Join(dir, "balie")
}

const rootCache = "/var/cache/balie"

// Find looks for PostgreSQL's programs on PATH, where Debian installs them,
// and in cacheDir. Where there are none and apt is at hand it fetches the
// distribution's packages into cacheDir, telling say what it does; nothing is
// installed. Otherwise the error says what to install.
func Find(ctx context.Context, cacheDir string, say func(string)) (Binaries, error) {
	return newFinder(cacheDir, say, accountFor("")).find(ctx)
}

// finder is one search; its fields are what tests replace.
type finder struct {
	path      string // the PATH to search
	installed string // glob of versioned bin directories
	cache     string
	major     int // the only acceptable version, 0 for any
	as        account
	say       func(string)
}

func newFinder(cache string, say func(string), as account) finder {
	if say == nil {
		say = func(string) {}
	}
	if abs, err := filepath.Abs(cache); err == nil {
		cache = abs
	}
	return finder{os.Getenv("PATH"), "/usr/lib/postgresql/*/bin", cache, 0, as, say}
}

func (f finder) find(ctx context.Context) (Binaries, error) {
	for _, dir := range f.candidates() {
		if b, ok := f.inspect(ctx, dir, ""); ok {
			return b, nil
		}
	}
	return f.cached(ctx)
}

// candidates lists bin directories, best first. A lone postgres on PATH may be
// a link into the real directory, where the other programs are.
func (f finder) candidates() []string {
	var dirs []string
	for _, dir := range filepath.SplitList(f.path) {
		if real, err := filepath.EvalSymlinks(filepath.Join(dir, "postgres")); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	return append(dirs, newestFirst(f.installed)...)
}

func newestFirst(glob string) []string {
	dirs, _ := filepath.Glob(glob)
	slices.SortFunc(dirs, func(a, b string) int { return versionOf(b) - versionOf(a) })
	return dirs
}

func versionOf(bin string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin)))
	return n
}

var majorVersion = regexp.MustCompile(`^postgres \(PostgreSQL\) (\d+)`)

// inspect accepts a directory whose postgres runs under the server's account
// and is new enough; a broken or unreachable one is passed over.
func (f finder) inspect(ctx context.Context, dir, libs string) (Binaries, bool) {
	b := Binaries{Dir: dir, libs: libs, as: f.as}
	if !f.as.reaches(filepath.Join(dir, "initdb")) {
		return b, false
	}
	out, err := b.Command(ctx, "postgres", "--version").Output()
	found := majorVersion.FindSubmatch(out)
	if err != nil || found == nil {
		return b, false
	}
	b.Major, _ = strconv.Atoi(string(found[1]))
	return b, b.Major >= Oldest && (f.major == 0 || f.major == b.Major)
}

func (f finder) missing(cause error) error {
	if f.major != 0 {
		return policy.Errorf(policy.Unavailable, "The data here was made by PostgreSQL %d, which is not installed: install that version (on Debian or Ubuntu: apt install postgresql-%d) and start again.", f.major, f.major).Because(cause)
	}
	return policy.Errorf(policy.Unavailable, "PostgreSQL %d or newer is needed and was not found: install it (Debian, Ubuntu: apt install postgresql; Fedora: dnf install postgresql-server; macOS: brew install postgresql@17) or set BALIE_DATABASE_URL to a server that you have.", Oldest).Because(cause)
}

// unpacked is the search inside an unpacked set of packages.
func (f finder) unpacked(ctx context.Context, root string) (Binaries, bool) {
	var libs []string
	for _, glob := range []string{"lib/*-linux-*", "usr/lib/*-linux-*"} {
		found, _ := filepath.Glob(filepath.Join(root, glob))
		libs = append(libs, found...)
	}
	for _, dir := range newestFirst(filepath.Join(root, "usr/lib/postgresql/*/bin")) {
		if b, ok := f.inspect(ctx, dir, strings.Join(libs, ":")); ok {
			return b, true
		}
	}
	return Binaries{}, false
}
