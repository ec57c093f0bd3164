package server

import (
	"strings"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"balie/policy"
	"balie/policy/text"
	"balie/views/screen"
)

// judge passes on what a session may ask for. Everything else is refused here
// and never reaches the library, which would allow an agent and keep any number
// of variables.
func (c *channel) judge(in <-chan *gossh.Request) <-chan *gossh.Request {
	out := make(chan *gossh.Request)
	go c.peer.server.guard("channel requests", func() {
		defer close(out)
		defer c.cancel(errHungUp)
		for req := range in {
			c.route(req, out)
		}
	})
	return out
}

func (c *channel) route(req *gossh.Request, out chan<- *gossh.Request) {
	switch c.verdict(req) {
	case done:
		_ = req.Reply(true, nil)
	case refuse:
		_ = req.Reply(false, nil)
	case pass:
		select {
		case out <- req:
		case <-c.ctx.Done():
			_ = req.Reply(false, nil)
		}
	}
}

type verdict int

const (
	refuse verdict = iota
	done           // nothing is left for the library to do
	pass
)

func (c *channel) verdict(req *gossh.Request) verdict {
	switch req.Type {
	case "shell":
		return pass
	case "exec":
		if len(req.Payload) > maxCommand {
			return c.refused("exec", "too long")
		}
		return pass
	case "pty-req":
		return c.ptyRequest(req)
	case "window-change":
		return c.windowChange(req)
	case "env":
		return c.keepEnv(req.Payload)
	case "eow@openssh.com": // only says that our output is not read any more
		return refuse
	}
	return c.refused("request", req.Type)
}

func (c *channel) refused(what, kind string) verdict {
	c.peer.refused(what, kind)
	return refuse
}

// ptyRequest is the request's wire form; windowChange has its middle part.
type ptyRequest struct {
	Term                                   string
	Width, Height, PixelWidth, PixelHeight uint32
	Modes                                  string
}

type windowChange struct{ Width, Height, PixelWidth, PixelHeight uint32 }

// clamp keeps a client's figures within what is drawn.
func clamp(width, height uint32) screen.Size {
	if width == 0 || height == 0 { // the client doesn't know
		return screen.Size{Width: 80, Height: 24}
	}
	return screen.Size{Width: int(min(width, screen.MaxWidth)), Height: int(min(height, screen.MaxHeight))}
}

// ptyRequest replaces what the client said by what is used of it.
func (c *channel) ptyRequest(req *gossh.Request) verdict {
	var pty ptyRequest
	if gossh.Unmarshal(req.Payload, &pty) != nil {
		return c.refused("request", "malformed pty-req")
	}
	size := clamp(pty.Width, pty.Height)
	pty = ptyRequest{Term: short(pty.Term), Width: uint32(size.Width), Height: uint32(size.Height), Modes: "\x00"}
	req.Payload = gossh.Marshal(&pty)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pty, c.size, c.env["TERM"] = true, size, pty.Term
	return pass
}

// windowChange tells the screen, which coalesces. The library is not told: its
// queue of one would block.
func (c *channel) windowChange(req *gossh.Request) verdict {
	var w windowChange
	if gossh.Unmarshal(req.Payload, &w) != nil || w.Width == 0 || w.Height == 0 {
		return refuse
	}
	c.mu.Lock()
	c.size = clamp(w.Width, w.Height)
	size, resize := c.size, c.resize
	c.mu.Unlock()
	if resize != nil {
		resize(size)
	}
	return done
}

func (c *channel) hasPty() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.pty
}

// hear has resize called with each new size, roles when these change, and warn
// before the session ends.
func (c *channel) hear(resize func(screen.Size), roles func(), warn func(policy.Message)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.resize, c.roles, c.warn = resize, roles, warn
}

func (c *channel) window() screen.Size {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.size
}

func (c *channel) keepEnv(payload []byte) verdict {
	var kv struct{ Name, Value string }
	if gossh.Unmarshal(payload, &kv) != nil || !envAllowed(kv.Name) || len(kv.Value) > maxEnvValue {
		return c.refused("env", kv.Name)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.env) >= maxEnv {
		return c.refused("env", "too many")
	}
	c.env[kv.Name] = text.Clean(kv.Value)
	return done
}

func envAllowed(name string) bool {
	switch name {
	case "LANG", "TERM", "COLORTERM":
		return true
	}
	return strings.HasPrefix(name, "LC_") && len(name) <= 32
}

// environ is what is known of the terminal.
func (c *channel) environ() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []string
	for k, v := range c.env {
		all = append(all, k+"="+v)
	}
	return all
}

// refuseChannel is for every kind of channel but sessions: forwarding, X11,
// tunnels, agents.
func (s *Server) refuseChannel(_ *ssh.Server, _ *gossh.ServerConn, nc gossh.NewChannel, ctx ssh.Context) {
	peerOf(ctx).refused("channel", nc.ChannelType())
	_ = nc.Reject(gossh.Prohibited, "not allowed")
}

func (p *peer) refuseChannel(nc gossh.NewChannel) {
	p.refused("channel", "too many")
	_ = nc.Reject(gossh.ResourceShortage, "too many sessions")
}

// refuseGlobal is for requests on the connection, such as reverse forwarding. A
// refusal is what keeps alive, too.
func (s *Server) refuseGlobal(ctx ssh.Context, _ *ssh.Server, req *gossh.Request) (bool, []byte) {
	switch req.Type {
	case "keepalive@openssh.com", "no-more-sessions@openssh.com":
	default:
		peerOf(ctx).refused("global request", req.Type)
	}
	return false, nil
}

// short is a client's word, safe to log or echo.
func short(s string) string { return text.New(cut(s, maxLogin)).String() }
