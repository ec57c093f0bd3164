// Package server lets people in: SSH with a key and then a code, the sessions
// that follow, and commands over SSH. It holds no rule of its own: screens and
// commands enter at the acts of ops.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/netip"
	"slices"
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

	mu        sync.Mutex
	stopping  bool
	listeners []net.Listener
	peers     map[*peer]struct{}
	ended     sync.WaitGroup // one for each peer whose end is not yet recorded
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
	if !s.listen(l) {
		return l.Close()
	}
	err := s.ssh.Serve(l)
	if ctx.Err() != nil || errors.Is(err, net.ErrClosed) {
		s.ended.Wait()
		return nil
	}
	return err
}

// listen is false when the server is stopping.
func (s *Server) listen(l net.Listener) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.stopping {
		s.listeners = append(s.listeners, l)
	}
	return !s.stopping
}

// restarting is what people read when the server ends.
var restarting = policy.Message{Key: "The server is being restarted: sign in again in a moment."}

// Shutdown closes the listeners, gives every terminal back to its owner with a
// word why, and waits until the ends of all sessions are recorded or ctx ends.
func (s *Server) Shutdown(ctx context.Context) error {
	// Not the library's Shutdown: its wait races with a connection that is
	// just being let in.
	listeners, peers := s.last()
	for _, l := range listeners {
		_ = l.Close()
	}
	for _, p := range peers {
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

// last are those that are left when nobody is let in any more.
func (s *Server) last() ([]net.Listener, []*peer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopping = true
	return s.listeners, slices.Collect(maps.Keys(s.peers))
}
