package cluster

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"balie/policy"
)

// fake makes a bin directory with a postgres of some version.
func fake(t *testing.T, dir string, major int) string {
	t.Helper()
	for name, text := range map[string]string{
		"postgres": fmt.Sprintf("#!/bin/sh\necho 'postgres (PostgreSQL) %d.3 (Fake)'\n", major),
		"initdb":   "#!/bin/sh\n",
	} {
		script(t, filepath.Join(dir, name), text)
	}
	return dir
}

func script(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
}

func TestFind_Order(t *testing.T) {
	root := openDir(t)
	at := func(s string) string { return filepath.Join(root, s) }
	fake(t, at("path15"), 15)
	fake(t, at("path14"), 14)
	fake(t, at("deb/14/bin"), 14)
	fake(t, at("deb/9/bin"), 9)
	fake(t, at("deb/15/bin"), 15)
	fake(t, at("deb/16/bin"), 16)
	fake(t, at("old/14/bin"), 14)
	fake(t, at("cache/postgresql/usr/lib/postgresql/17/bin"), 17)
	if err := os.Mkdir(at("links"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(at("deb/15/bin/postgres"), at("links/postgres")); err != nil {
		t.Fatal(err)
	}
	script(t, at("broken/postgres"), "#!/bin/sh\nexit 1\n")
	script(t, at("broken/initdb"), "#!/bin/sh\n")
	for _, c := range []struct {
		name, path, installed string
		major                 int
		want                  string
	}{
		{"PATH first", at("path15"), at("deb/*/bin"), 0, "path15"},
		{"a lone link on PATH", at("links"), at("none/*/bin"), 0, "deb/15/bin"},
		{"too old on PATH", at("path14"), at("deb/*/bin"), 0, "deb/16/bin"},
		{"broken on PATH", at("broken"), at("deb/*/bin"), 0, "deb/16/bin"},
		{"the version of the data", at("path14"), at("deb/*/bin"), 15, "deb/15/bin"},
		{"only the cache", "", at("old/*/bin"), 0, "cache/postgresql/usr/lib/postgresql/17/bin"},
	} {
		f := newFinder(at("cache"), nil, accountFor(""))
		f.path, f.installed, f.major = c.path, c.installed, c.major
		got, err := f.find(t.Context())
		if err != nil || got.Dir != at(c.want) {
			t.Errorf("%s: %s (%v), want %s", c.name, got.Dir, err, c.want)
		}
	}
}

// nowhere is a search that finds nothing installed.
func nowhere(t *testing.T) finder {
	f := newFinder(filepath.Join(openDir(t), "cache"), nil, accountFor(""))
	f.path, f.installed = "", filepath.Join(openDir(t), "*/bin")
	return f
}

func TestFind_NothingAndNoApt(t *testing.T) {
	f := nowhere(t)
	t.Setenv("PATH", openDir(t))
	_, err := f.find(t.Context())
	if policy.KindOf(err) != policy.Unavailable || !strings.Contains(err.Error(), "apt install postgresql;") {
		t.Errorf("got %v", err)
	}
	f.major = 16
	if _, err = f.find(t.Context()); !strings.Contains(err.Error(), "postgresql-16") {
		t.Errorf("got %v", err)
	}
}

// fakeApt counts downloads; its server package holds a postgres that runs
// unless the flag file exists.
func fakeApt(t *testing.T) string {
	dir := openDir(t)
	script(t, filepath.Join(dir, "apt-cache"), "#!/bin/sh\necho postgresql\necho '  Depends: postgresql-15'\n")
	script(t, filepath.Join(dir, "apt-get"), `#!/bin/sh
case "$1" in
--simulate) for p in libpq5 libllvm14 libc6 libjson-perl ssl-cert; do echo "Inst $p (1 Fake)"; done ;;
download) shift; echo "$@" >>`+dir+`/downloads; for p; do : >$p.deb; done ;;
*) exit 1 ;;
esac
`)
	script(t, filepath.Join(dir, "dpkg-deb"), `#!/bin/sh
b=$3/usr/lib/postgresql/15/bin; mkdir -p $b
echo '#!/bin/sh' >$b/initdb; echo '#!/bin/sh' >$b/postgres
[ -e `+dir+`/broken ] || echo "echo 'postgres (PostgreSQL) 15.9'" >>$b/postgres
chmod 755 $b/*
`)
	t.Setenv("PATH", dir+":/usr/bin:/bin")
	return dir
}

func TestFetch_TwoAtOnce(t *testing.T) {
	dir, f := fakeApt(t), nowhere(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if b, err := f.find(t.Context()); err != nil || b.Major != 15 {
				t.Errorf("%+v, %v: %v", b, err, causes(err))
			}
		})
	}
	wg.Wait()
	got, _ := os.ReadFile(filepath.Join(dir, "downloads"))
	if want := "postgresql-15 postgresql-client-15 libpq5\n"; string(got) != want {
		t.Errorf("downloaded %q, want once %q", got, want)
	}
}

func TestFetch_HalfIsNotWhole(t *testing.T) {
	dir, f := fakeApt(t), nowhere(t)
	broken := filepath.Join(dir, "broken")
	script(t, broken, "")
	if _, err := f.find(t.Context()); policy.KindOf(err) != policy.Unavailable {
		t.Errorf("a server that does not run: %v", err)
	}
	if left, _ := filepath.Glob(f.cache + "/p*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	os.Remove(broken)
	if _, err := f.find(t.Context()); err != nil {
		t.Errorf("the next try: %v", err)
	}
}
