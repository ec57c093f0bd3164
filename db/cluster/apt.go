package cluster

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// apt runs the package tools in a work directory.
type apt struct {
	work string
	opts []string
}

// private gives apt lists of its own, below a new work directory. As root apt
// would drop to a user that cannot write there.
func (a *apt) private() error {
	a.work = filepath.Join(a.work, "fresh")
	for _, dir := range []string{"lists/partial", "cache/archives/partial"} {
		if err := os.MkdirAll(filepath.Join(a.work, dir), 0o755); err != nil {
			return err
		}
	}
	a.opts = []string{
		"-o", "Dir::State::lists=" + filepath.Join(a.work, "lists"),
		"-o", "Dir::Cache=" + filepath.Join(a.work, "cache"),
		"-o", "APT::Sandbox::User=",
	}
	return nil
}

func (a apt) run(ctx context.Context, name string, args ...string) ([]byte, error) {
	if strings.HasPrefix(name, "apt-") {
		args = append(a.opts[:len(a.opts):len(a.opts)], args...)
	}
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = a.work
	cmd.Env = append(os.Environ(), "LC_ALL=C", "DEBIAN_FRONTEND=noninteractive")
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %s", name, err, bytes.TrimSpace(complaint.Bytes()))
	}
	return out, nil
}

var (
	serverPackage = regexp.MustCompile(`Depends: (postgresql-(\d+))\n`)
	planned       = regexp.MustCompile(`(?m)^Inst (\S+) `)
	library       = regexp.MustCompile(`^lib[a-z0-9.+-]+$`)
	// The libraries of LLVM and perl serve jit, which is off, and Debian's wrappers;
	// a second libc would not fit the system's loader.
	needless = regexp.MustCompile(`^lib(llvm|z3|gdbm|perl|c6|c-)|-perl$`)
)

// packages are server, client and those libraries that apt would install for
// them: exactly what this system lacks.
func (a apt) packages(ctx context.Context, major int) ([]string, error) {
	server, err := a.server(ctx, major)
	if err != nil {
		return nil, err
	}
	client := strings.Replace(server, "postgresql-", "postgresql-client-", 1)
	plan, err := a.run(ctx, "apt-get", "--simulate", "--no-install-recommends", "install", server, client)
	if err != nil {
		return nil, err
	}
	names := []string{server, client}
	for _, m := range planned.FindAllSubmatch(plan, -1) {
		if name := string(m[1]); library.MatchString(name) && !needless.MatchString(name) {
			names = append(names, name)
		}
	}
	return names, nil
}

// server names the distribution's own choice of version.
func (a apt) server(ctx context.Context, major int) (string, error) {
	if major != 0 {
		return fmt.Sprintf("postgresql-%d", major), nil
	}
	out, err := a.run(ctx, "apt-cache", "depends", "postgresql")
	if err != nil {
		return "", err
	}
	found := serverPackage.FindSubmatch(out)
	if found == nil {
		return "", fmt.Errorf("apt knows no postgresql package")
	}
	return string(found[1]), nil
}

// unpack counts the files: packages left by a first try with older lists must
// not be mixed with these.
func (a apt) unpack(ctx context.Context, count int, root string) error {
	debs, err := filepath.Glob(filepath.Join(a.work, "*.deb"))
	if err != nil {
		return err
	}
	if len(debs) != count {
		return fmt.Errorf("%d packages arrived instead of %d", len(debs), count)
	}
	for _, deb := range debs {
		if _, err := a.run(ctx, "dpkg-deb", "--extract", deb, root); err != nil {
			return err
		}
	}
	return os.Chmod(root, 0o755)
}
