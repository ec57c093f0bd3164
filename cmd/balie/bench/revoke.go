package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/crypto/ssh"
	"golang.org/x/sync/errgroup"

	"balie/db"
	"balie/policy"
)

// Node is a second process that serves the same house.
type Node struct {
	Addr string
	Stop func()
}

// patience is far longer than a session may outlive a revocation.
const patience = 20 * time.Second

// revoke measures how long somebody who is revoked on this node keeps a session
// on another, until its client sees the connection end.
func (h *House) revoke(ctx context.Context) ([]Figure, error) {
	other, err := h.Second(ctx)
	if err != nil {
		return nil, err
	}
	defer other.Stop()
	admin, err := h.dialAdmin(ctx)
	if err != nil {
		return nil, err
	}
	defer admin.Close()
	commits, err := h.listen(ctx)
	if err != nil {
		return nil, err
	}
	defer commits.Close(context.WithoutCancel(ctx)) //nolint:errcheck // it only listened
	var all []Figure
	for _, c := range []struct{ people, each int }{{200, 1}, {20, 10}} {
		f, err := h.revokeEach(ctx, admin, commits, other.Addr, c.people, c.each)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

func (h *House) dialAdmin(ctx context.Context) (*ssh.Client, error) {
	code, err := h.AdminCode(ctx)
	if err != nil {
		return nil, err
	}
	return dial(h.Addr, h.Admin.Login, h.HostKey, h.AdminKey, code)
}

// listen hears what the nodes hear: whenever somebody's access has changed.
func (h *House) listen(ctx context.Context) (*pgx.Conn, error) {
	conn, err := pgx.Connect(ctx, h.OwnerURL)
	if err != nil {
		return nil, err
	}
	_, err = conn.Exec(ctx, "listen balie_access")
	return conn, err
}

// revokeEach revokes people one after another, all of whom have sessions on the
// other node.
func (h *House) revokeEach(ctx context.Context, admin *ssh.Client, commits *pgx.Conn, addr string, people, each int) (Figure, error) {
	all, err := h.invite(ctx, people)
	if err != nil {
		return Figure{}, err
	}
	open := make([][]*watched, len(all))
	var group errgroup.Group
	group.SetLimit(atOnce)
	for i, p := range all {
		group.Go(func() (err error) { open[i], err = p.openMany(h, addr, each); return err })
	}
	if err := group.Wait(); err != nil {
		return Figure{}, err
	}
	var typed, committed times
	for i, p := range all {
		fromCommand, fromCommit, err := revokeOne(ctx, admin, commits, p, open[i])
		if err != nil {
			return Figure{}, err
		}
		typed, committed = append(typed, fromCommand), append(committed, fromCommit)
	}
	return Figure{
		What: fmt.Sprintf("revoke command to disconnect on the other node, %d sessions of %d people", people*each, people),
		Got:  typed.String(), Target: "p99 ≤ 1 s",
		Beside: "from the commit, as a third party hears of it: " + committed.String(),
	}, nil
}

// watched is an open screen; over is closed, after end was set, when the
// connection is gone.
type watched struct {
	over chan struct{}
	end  time.Time
}

// openMany opens screens on connections of their own: the first with a code,
// the others with recovery codes, since a code is good once.
func (c *colleague) openMany(h *House, addr string, n int) ([]*watched, error) {
	codes := append([]policy.Sealed{c.code(0)}, c.recovery...)
	var all []*watched
	for _, code := range codes[:n] {
		client, err := dial(addr, c.login, h.HostKey, c.signer, code)
		if err != nil {
			return nil, fmt.Errorf("sign in %s: %w", c.login, err)
		}
		t, err := openTerminal(client)
		if err != nil {
			return nil, err
		}
		t.settle()
		w := &watched{over: make(chan struct{})}
		go func() {
			defer close(w.over)
			_ = db.Safely(func() error {
				_ = client.Wait()
				w.end = time.Now()
				return nil
			})()
		}()
		all = append(all, w)
	}
	return all, nil
}

// revokeOne gives how long the last session lived on, since the command was
// sent and since its commit was heard of.
func revokeOne(ctx context.Context, admin *ssh.Client, commits *pgx.Conn, p *colleague, open []*watched) (fromCommand, fromCommit time.Duration, err error) {
	if err := quiet(ctx, commits); err != nil {
		return 0, 0, err
	}
	session, err := admin.NewSession()
	if err != nil {
		return 0, 0, err
	}
	defer session.Close()
	sent := time.Now()
	if err := session.Start("users revoke " + p.login + " --reason benchmark --yes"); err != nil {
		return 0, 0, err
	}
	hearing, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, unheard := commits.WaitForNotification(hearing)
	heard := time.Now()
	if err := session.Wait(); err != nil || unheard != nil {
		return 0, 0, fmt.Errorf("revoke %s: %w", p.login, errors.Join(err, unheard))
	}
	last, err := lastEnd(open)
	return last.Sub(sent), max(last.Sub(heard), 0), err
}

func lastEnd(open []*watched) (last time.Time, err error) {
	limit := time.After(patience)
	for _, w := range open {
		select {
		case <-w.over:
		case <-limit:
			return last, fmt.Errorf("a session is open %s after its person was revoked", patience)
		}
		if w.end.After(last) {
			last = w.end
		}
	}
	return last, nil
}

// quiet waits until nothing more is told of the one before.
func quiet(ctx context.Context, conn *pgx.Conn) error {
	for {
		silence, cancel := context.WithTimeout(ctx, beat/2)
		_, err := conn.WaitForNotification(silence)
		over := silence.Err() != nil && ctx.Err() == nil
		cancel()
		if err != nil {
			if over {
				return nil
			}
			return err
		}
	}
}
