package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime"
	"time"

	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/sync/errgroup"

	"balie/db"
	"balie/ops"
	"balie/server"
)

// node is one running balie. Demo, serve and the tests start the same.
type node struct {
	ops     *ops.Ops
	hostKey gossh.Signer
	log     *slog.Logger
	name    string
	metrics string          // where to answer /healthz and /metrics; "" nowhere
	ended   <-chan struct{} // closed when the private PostgreSQL has ended; nil: another's
	ready   func()          // called once people are let in
	still   bool            // no job runs by itself: it would be measured as well
}

// sealEvery is how soon what happened is under a signature.
const sealEvery = 200 * time.Millisecond

// mendEvery is how soon search comes back after a crash of the database.
const mendEvery = time.Second

// ballast lets garbage gather until the heap is twice as large. Without it, a
// node with few sessions collects every tenth of a second, and one page in
// sixteen waits for that. Nothing is written to it, so it takes no memory itself.
const ballast = 64 << 20

// run lets people in on l until ctx ends or something that must not end does.
func (n *node) run(ctx context.Context, l net.Listener) error {
	defer l.Close()
	defer runtime.KeepAlive(make([]byte, ballast))
	srv, err := server.New(server.Config{Ops: n.ops, HostKey: n.hostKey, Log: n.log, Node: n.name, Version: versionText()})
	if err != nil {
		return err
	}
	if err := n.ops.EndStale(ctx, n.name); err != nil {
		return err
	}
	// What watches over the sessions outlives the last of them.
	keeping, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	group, alive := errgroup.WithContext(keeping)
	for name, part := range n.parts() {
		group.Go(guarded(name, func() error { return part(alive) }))
	}
	group.Go(guarded("serve", func() error {
		defer cancel()
		return n.serve(ctx, alive, srv, l)
	}))
	return group.Wait()
}

// parts run beside the server until it has ended.
func (n *node) parts() map[string]func(context.Context) error {
	parts := map[string]func(context.Context) error{
		"watch":    n.ops.Watch,
		"vouch":    n.ops.KeepNode,
		"live":     n.ops.KeepLive,
		"keep log": func(ctx context.Context) error { return n.ops.KeepLog(ctx, sealEvery) },
		"clock":    n.ops.KeepTime,
		"search":   func(ctx context.Context) error { return n.ops.KeepSearch(ctx, mendEvery) },
		"metrics":  n.serveMetrics,
		"database": n.watchDatabase,
		"ready":    n.announce,
	}
	if n.still {
		delete(parts, "clock")
	}
	return parts
}

// serve ends with ctx, the order from outside, or with alive, when a part has
// failed.
func (n *node) serve(ctx, alive context.Context, srv *server.Server, l net.Listener) error {
	serving, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(alive, cancel)()
	return srv.Serve(serving, l)
}

func (n *node) watchDatabase(ctx context.Context) error {
	select {
	case <-n.ended:
		return errors.New("PostgreSQL has ended by itself: its log says why")
	case <-ctx.Done():
		return nil
	}
}

// announce waits until the hub knows whom to let in.
func (n *node) announce(ctx context.Context) error {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !n.ops.Hub.Admitting() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
	n.ready()
	return nil
}

// guarded turns a panic into an error, so that the others end in order, and the
// wanted end of a part into none.
func guarded(name string, fn func() error) func() error {
	safe := db.Safely(fn)
	return func() error {
		if err := safe(); err != nil && !errors.Is(err, context.Canceled) {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	}
}
