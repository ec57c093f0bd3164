package server

import (
	"context"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"balie/ops"
	"balie/policy"
	"balie/views/screen"
)

// channel is one session channel of a connection. It stands between the client
// and the library's session: requests are judged before the library sees them,
// and its context ends with the channel, not with the connection.
type channel struct {
	gossh.Channel
	peer    *peer
	ctx     context.Context
	cancel  context.CancelCauseFunc
	running sync.WaitGroup // the handler
	last    atomic.Int64   // when something was typed
	idle    *time.Timer
	warned  int64 // the last key press before the last warning; only checkIdle knows
	linger  *time.Timer
	pane    *ops.Pane // what is on its screen

	mu     sync.Mutex
	size   screen.Size
	pty    bool
	resize func(screen.Size)
	roles  func()
	warn   func(policy.Message)
	env    map[string]string
}

// ended is why the server ends a channel.
type ended struct {
	why  policy.Message
	code int
}

func (e ended) Error() string { return e.why.String() }

// openChannel serves one session channel, from its request to its very end.
func (s *Server) openChannel(srv *ssh.Server, conn *gossh.ServerConn, nc gossh.NewChannel, ctx ssh.Context) {
	p, who := peerOf(ctx), identityOf(conn.Permissions)
	c := &channel{peer: p, env: map[string]string{}}
	c.ctx, c.cancel = context.WithCancelCause(ctx)
	defer c.cancel(io.EOF)
	if who == nil || !p.add(c) {
		p.refuseChannel(nc)
		return
	}
	defer p.remove(c)
	if !s.places.take(who.actor().ID) {
		p.refuseChannel(nc)
		return
	}
	defer s.places.leave(who.actor().ID)
	c.serve(srv, conn, nc, ctx)
}

// serve returns when the channel is closed and its handler has returned.
func (c *channel) serve(srv *ssh.Server, conn *gossh.ServerConn, nc gossh.NewChannel, ctx ssh.Context) {
	inner, requests, err := nc.Accept()
	if err != nil {
		return
	}
	c.Channel = inner
	c.touch()
	c.idle = time.AfterFunc(mostIdle, c.checkIdle)
	c.idle.Reset(0)
	defer c.idle.Stop()
	judged := accepted{NewChannel: nc, channel: c, requests: c.judge(requests)}
	ssh.DefaultSessionHandler(srv, conn, judged, channelContext{Context: ctx, own: c.ctx, channel: c})
	c.cancel(io.EOF)
	c.running.Wait()
	if c.linger != nil {
		c.linger.Stop()
	}
	_ = inner.Close()
}

// accepted hands the library our channel in place of the client's.
type accepted struct {
	gossh.NewChannel
	channel  *channel
	requests <-chan *gossh.Request
}

func (a accepted) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	return a.channel, a.requests, nil
}

// channelContext is the connection's context as far as values go, and the
// channel's own as to when it ends.
type channelContext struct {
	ssh.Context
	own     context.Context
	channel *channel
}

func (c channelContext) Deadline() (time.Time, bool) { return c.own.Deadline() }
func (c channelContext) Done() <-chan struct{}       { return c.own.Done() }
func (c channelContext) Err() error                  { return c.own.Err() }
func (c channelContext) Value(key any) any           { return c.own.Value(key) }

func channelOf(sess ssh.Session) *channel { return sess.Context().(channelContext).channel }

// starting is called before the handler begins.
func (s *Server) starting(sess ssh.Session, _ string) bool {
	channelOf(sess).running.Add(1)
	return true
}

// finished is called when the handler is done. A client that doesn't answer the
// closing of its channel loses the connection.
func (c *channel) finished() {
	c.linger = time.AfterFunc(lingerGrace, c.peer.hangUp)
	c.running.Done()
}

// end tells what runs on the channel to stop and why.
func (c *channel) end(why policy.Message, code int) { c.cancel(ended{why, code}) }

// Read notes that somebody is there.
func (c *channel) Read(b []byte) (int, error) {
	n, err := c.Channel.Read(b)
	if n > 0 {
		c.touch()
	}
	return n, err
}

// Write notes that a command still works; a screen draws by itself, so there
// only keys count.
func (c *channel) Write(b []byte) (int, error) {
	n, err := c.Channel.Write(b)
	if n > 0 && !c.hasPty() {
		c.touch()
	}
	return n, err
}

func (c *channel) touch() {
	now := time.Now().UnixNano()
	c.last.Store(now)
	c.peer.last.Store(now)
}

// whole proves that input which ended was ended by the client: only a client
// that is still there answers. The end of a cut connection looks the same to
// Read.
func (c *channel) whole() error {
	if _, err := c.SendRequest("end-of-input@balie", true, nil); err != nil {
		return io.ErrUnexpectedEOF
	}
	return nil
}
