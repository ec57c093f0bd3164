package main

import (
	"bytes"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"
)

// proxy stands between one node and the database, and can be as bad as a
// network.
type proxy struct {
	l     net.Listener
	to    string // PostgreSQL's socket
	ended sync.WaitGroup

	mu     sync.Mutex
	moved  *sync.Cond // something below has changed
	pipes  map[*pipe]struct{}
	state  proxyState
	trap   *trap
	closed bool // nobody waits any more
}

type proxyState int

const (
	passing    proxyState = iota
	cutting               // connections end at once, with an error
	swallowing            // connections stay open, and nothing passes
)

// trap stops one connection on its way to commit. Entry of the log and commit
// leave together, and in the entry stands which act it is.
type trap struct {
	mark   [][]byte      // all of it in one packet
	sprung chan struct{} // closed when the commit is held
	open   bool          // the commit may go on
	lost   bool          // it never left
	answer bool          // let the commit pass, and hold back that it was done
}

// pipe is one connection. A pipe that was swallowed never comes back, as behind
// a firewall that has forgotten it.
type pipe struct {
	client, server net.Conn
	lost, mute     bool
}

// newProxy stands before the database of url, and gives the URL of its own.
func newProxy(t *testing.T, login string) (p *proxy, own string) {
	t.Helper()
	u, err := url.Parse(login)
	if err != nil {
		t.Fatal("parse the database's URL")
	}
	q := u.Query()
	p = &proxy{to: q.Get("host") + "/.s.PGSQL." + q.Get("port"), pipes: map[*pipe]struct{}{}}
	p.moved = sync.NewCond(&p.mu)
	if p.l, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	host, port, _ := net.SplitHostPort(p.l.Addr().String())
	q.Set("host", host)
	q.Set("port", port)
	u.RawQuery = q.Encode()
	p.ended.Go(p.accept)
	t.Cleanup(p.close)
	return p, u.String()
}

func (p *proxy) accept() {
	for {
		client, err := p.l.Accept()
		if err != nil {
			return
		}
		p.ended.Go(func() { p.serve(client) })
	}
}

func (p *proxy) serve(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("unix", p.to)
	if err != nil {
		return
	}
	defer server.Close()
	c := &pipe{client: client, server: server}
	if !p.add(c) {
		return
	}
	defer p.remove(c)
	var both sync.WaitGroup
	both.Go(func() { c.copy(server, client, p.up) })
	both.Go(func() { c.copy(client, server, p.down) })
	both.Wait()
}

// copy passes on what pass lets through; the end of one side is the other's.
func (c *pipe) copy(to, from net.Conn, pass func(*pipe, []byte) bool) {
	defer c.client.Close()
	defer c.server.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		if !pass(c, buf[:n]) || err != nil {
			return
		}
		if _, err := to.Write(buf[:n]); err != nil {
			return
		}
	}
}

func (p *proxy) add(c *pipe) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	c.lost = p.state == swallowing
	p.pipes[c] = struct{}{}
	return p.state != cutting
}

func (p *proxy) remove(c *pipe) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.pipes, c)
}

// up waits while what the node sends may not pass, and says whether it ever may.
func (p *proxy) up(c *pipe, b []byte) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if t := p.trap; t != nil && hasAll(b, t.mark) {
		if p.spring(t, c); t.lost {
			return false
		}
	}
	for c.lost && !p.closed {
		p.moved.Wait()
	}
	return true
}

func (p *proxy) spring(t *trap, c *pipe) {
	c.mute = t.answer
	close(t.sprung)
	p.trap = nil
	for !t.open && !t.lost && !t.answer && !p.closed {
		p.moved.Wait()
	}
}

// down waits while what the database answers may not pass.
func (p *proxy) down(c *pipe, _ []byte) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for (c.lost || c.mute) && !p.closed {
		p.moved.Wait()
	}
	return true
}

func hasAll(b []byte, parts [][]byte) bool {
	for _, part := range parts {
		if !bytes.Contains(b, part) {
			return false
		}
	}
	return len(parts) > 0
}

// be makes the proxy pass, cut or swallow from now on.
func (p *proxy) be(state proxyState) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state = state
	for c := range p.pipes {
		switch state {
		case cutting:
			c.client.Close()
			c.server.Close()
		case swallowing:
			c.lost = true
		}
	}
}

// hold lays a trap for the next transaction that sends a packet with all of
// mark.
func (p *proxy) hold(mark ...string) *trap {
	t := &trap{sprung: make(chan struct{})}
	for _, m := range mark {
		t.mark = append(t.mark, []byte(m))
	}
	p.lay(t)
	return t
}

// holdAnswer lets the commit pass and holds back that it was done.
func (p *proxy) holdAnswer(mark string) *trap {
	t := &trap{sprung: make(chan struct{}), mark: [][]byte{[]byte(mark)}, answer: true}
	p.lay(t)
	return t
}

func (p *proxy) lay(t *trap) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.trap = t
}

// caught waits until the trap has caught a commit.
func (tr *trap) caught(t *testing.T) {
	t.Helper()
	select {
	case <-tr.sprung:
	case <-time.After(20 * time.Second):
		t.Fatalf("nothing with %q was committed", tr.mark)
	}
}

// release lets a held commit go on.
func (p *proxy) release(t *trap) {
	p.mu.Lock()
	defer p.mu.Unlock()
	t.open = true
	p.moved.Broadcast()
}

// lose drops a held commit: its node died with it.
func (p *proxy) lose(t *trap) {
	p.mu.Lock()
	defer p.mu.Unlock()
	t.lost = true
	p.moved.Broadcast()
}

// close ends everything, what was swallowed too.
func (p *proxy) close() {
	p.l.Close()
	p.be(cutting)
	p.mu.Lock()
	p.closed = true
	p.moved.Broadcast()
	p.mu.Unlock()
	p.ended.Wait()
}
