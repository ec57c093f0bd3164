// Package server lets people in: SSH with a key and then a code, the sessions
// that follow, and commands over SSH. It holds no rule of its own: screens and
// commands enter at the acts of ops.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"sync"

	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"

	"balie/ops"
	"balie/policy"
	"balie/views"
	"balie/views/screen"
)

// Config is what a server needs. Ops.Watch must be running: the hub admits
// nobody before.
type Config struct {
	Ops     *ops.Ops
	HostKey gossh.Signer // see HostKey
	Log     *slog.Logger
	Limits  Limits
	Node    string // names this process among several
	Host    string // as people call it, in hints of commands
	Version string // shown by help
}

// Server serves SSH on any number of listeners.
type Server struct {
	ops     *ops.Ops
	log     *slog.Logger
	limits  Limits
	node    string
	host    string
	version string
	drafts  *views.Drafts
	ssh     *ssh.Server
	gate    *gate
	places  *places
	program func(*channel, *identity) (screen.Model, error)

	mu       sync.Mutex
	stopping bool
	peers    map[*peer]struct{}
	ended    sync.WaitGroup // one for each peer whose end is not yet recorded
}

// New readies a server.
func New(c Config) (*Server, error) {
	if c.Ops == nil || c.HostKey == nil || c.Log == nil {
		return nil, errors.New("server: Ops, HostKey and Log are needed")
	}
	limits := c.Limits.orDefaults()
	s := &Server{
		ops: c.Ops, log: c.Log, limits: limits, node: c.Node, host: c.Host, version: c.Version,
		drafts: views.NewDrafts(),
		gate:   &gate{limits: limits, sources: map[netip.Prefix]*source{}},
		places: &places{limits: limits, persons: map[int32]int{}},
		peers:  map[*peer]struct{}{},
	}
	s.program = s.programFor
	var err error
	s.ssh, err = wish.NewServer(
		wish.WithVersion("balie"),
		wish.WithIdleTimeout(mostIdle), // ours comes first, and says why
		wish.WithMaxTimeout(mostSession),
		wish.WithMiddleware(s.screens, s.commands, s.contained), // the last runs first
		s.options(c.HostKey),
	)
	if err != nil {
		return nil, fmt.Errorf("server: %w", err)
	}
	return s, nil
}

func (s *Server) options(key gossh.Signer) ssh.Option {
	return func(srv *ssh.Server) error {
		srv.AddHostKey(key)
		srv.HandshakeTimeout = s.limits.Grace
		srv.ConnCallback = s.connected
		srv.ServerConfigCallback = s.sshConfig
		srv.SessionRequestCallback = s.starting
		srv.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.openChannel, "default": s.refuseChannel}
		srv.RequestHandlers = map[string]ssh.RequestHandler{"default": s.refuseGlobal}
		srv.SubsystemHandlers = map[string]ssh.SubsystemHandler{}
		return nil
	}
}

// Serve lets people in on l until ctx ends, then tells those who are in and
// closes. It returns nil after such an end.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	stop := context.AfterFunc(ctx, func() {
		s.guard("shutdown", func() {
			grace, cancel := context.WithTimeout(context.Background(), recordTimeout)
			defer cancel()
			_ = s.Shutdown(grace)
		})
	})
	defer stop()
	err := s.ssh.Serve(l)
	if ctx.Err() != nil || errors.Is(err, ssh.ErrServerClosed) {
		s.ended.Wait()
		return nil
	}
	return err
}

// restarting is what people read when the server ends.
var restarting = policy.Message{Key: "The server is being restarted: sign in again in a moment."}

// Shutdown closes the listeners, gives every terminal back to its owner with a
// word why, and waits until the ends of all sessions are recorded or ctx ends.
func (s *Server) Shutdown(ctx context.Context) error {
	listeners, cancel := context.WithCancel(ctx)
	cancel() // only the closing, not the waiting
	_ = s.ssh.Shutdown(listeners)
	for _, p := range s.lastPeers() {
		p.close(restarting, exitFailed)
	}
	done := make(chan struct{})
	go s.guard("shutdown", func() { s.ended.Wait(); close(done) })
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		_ = s.ssh.Close()
		return ctx.Err()
	}
}

// lastPeers are those that are left when nobody is let in any more.
func (s *Server) lastPeers() []*peer {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopping = true
	all := make([]*peer, 0, len(s.peers))
	for p := range s.peers {
		all = append(all, p)
	}
	return all
}
