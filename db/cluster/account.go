package cluster

import (
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"

	"balie/policy"
)

// account is whom the server runs as. PostgreSQL refuses to run as root, so a
// root program lends it somebody else's identity; anyone else runs it himself.
type account struct {
	switched bool
	uid, gid uint32
}

// accountFor chooses the account for a data directory: its present owner if
// there is one, else the distribution's postgres user, else nobody.
func accountFor(data string) account {
	if os.Geteuid() != 0 {
		return account{uid: uint32(os.Geteuid()), gid: uint32(os.Getegid())}
	}
	if owner, err := ownerOf(data); err == nil && owner.uid != 0 {
		return owner
	}
	for _, name := range []string{"postgres", "nobody"} {
		if as, err := named(name); err == nil {
			return as
		}
	}
	return account{switched: true, uid: 65534, gid: 65534}
}

func ownerOf(path string) (account, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return account{}, err
	}
	st := info.Sys().(*syscall.Stat_t)
	return account{switched: true, uid: st.Uid, gid: st.Gid}, nil
}

func named(name string) (account, error) {
	u, err := user.Lookup(name)
	if err != nil {
		return account{}, err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return account{}, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	return account{switched: true, uid: uint32(uid), gid: uint32(gid)}, err
}

// wear makes cmd run as the account, in a session of its own: a Ctrl-C meant
// for the program must not reach the server first. It starts in / because the
// caller's directory may be closed to the account.
func (a account) wear(cmd *exec.Cmd) {
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if a.switched {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
}

// reaches asks the kernel, as the account, whether path can be entered or run:
// modes alone do not tell, with ACLs and mount options about.
func (a account) reaches(path string) bool {
	cmd := exec.Command("test", "-x", path)
	a.wear(cmd)
	return cmd.Run() == nil
}

// give makes the account owner of path, which only root needs and can do.
func (a account) give(path string) error {
	if !a.switched {
		return nil
	}
	return os.Lchown(path, int(a.uid), int(a.gid))
}

// folder makes a directory that only the account can enter. One that exists
// and belongs to somebody else is refused: it may be a trap in a shared /tmp.
func (a account) folder(path string) error {
	if err := os.Mkdir(path, 0o700); err == nil {
		return a.give(path)
	} else if !os.IsExist(err) {
		return err
	}
	if a.owns(path) {
		return nil
	}
	return policy.Errorf(policy.Denied, "%s belongs to another user; run balie as that user or choose another directory.", path)
}

func (a account) owns(path string) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() || info.Mode().Perm()&0o077 != 0 {
		return false
	}
	return info.Sys().(*syscall.Stat_t).Uid == a.uid
}
