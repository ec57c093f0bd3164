package bench

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/pquerna/otp/totp"
	"golang.org/x/crypto/ssh"

	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// colleague is somebody who joined for the benchmark, as everybody does.
type colleague struct {
	login  string
	signer ssh.Signer
	secret policy.Sealed

	recovery []policy.Sealed // codes that are good once each
}

// invite lets n managers of the sales team join: they have lists to look at.
func (h *House) invite(ctx context.Context, n int) ([]*colleague, error) {
	h.Say(fmt.Sprintf("letting %d colleagues join", n))
	all := make([]*colleague, n)
	for i := range all {
		var err error
		if all[i], err = h.join(ctx, "bench-"+lower(6)); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// lower is a random word, so that a second run meets no taken name.
func lower(n int) string {
	b := make([]byte, n)
	rand.Read(b)
	for i := range b {
		b[i] = 'a' + b[i]%26
	}
	return string(b)
}

func (h *House) join(ctx context.Context, login string) (*colleague, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		return nil, err
	}
	code, err := h.Ops.Invite(ctx, h.Admin, ops.Invitation{
		Login: login, Name: text.New(login), Role: policy.Manager, Team: h.Team, Reason: text.New("benchmark"),
	})
	if err != nil {
		return nil, err
	}
	invited, err := h.Ops.ProveInvitation(ctx, ops.Offer(signer.PublicKey()), code.Code, "127.0.0.1")
	if err != nil {
		return nil, err
	}
	joining, err := h.Ops.StartJoin(ctx, invited)
	if err != nil {
		return nil, err
	}
	c := &colleague{login: login, signer: signer, secret: joining.Secret}
	c.recovery, err = h.Ops.ConfirmJoin(ctx, joining, c.code(-30*time.Second))
	return c, err
}

// code is the one of now, or of a step beside it: each step is good once, so
// joining takes the one before.
func (c *colleague) code(shift time.Duration) policy.Sealed {
	code, _ := totp.GenerateCode(c.secret.Reveal(), time.Now().Add(shift))
	return policy.Seal(code)
}

// dial signs in with key and code.
func (c *colleague) dial(h *House) (*ssh.Client, error) {
	return dial(h.Addr, c.login, h.HostKey, c.signer, c.code(0))
}

func dial(addr, login string, host ssh.PublicKey, key ssh.Signer, code policy.Sealed) (*ssh.Client, error) {
	return ssh.Dial("tcp", addr, &ssh.ClientConfig{
		User:            login,
		HostKeyCallback: ssh.FixedHostKey(host),
		Auth: []ssh.AuthMethod{
			ssh.PublicKeys(key),
			ssh.KeyboardInteractive(func(_, _ string, questions []string, _ []bool) ([]string, error) {
				if len(questions) == 0 {
					return nil, nil
				}
				return []string{code.Reveal()}, nil
			}),
		},
	})
}

// terminal is one session that shows the list of customers.
type terminal struct {
	session *ssh.Session
	typed   io.Writer
	frames  chan int // the bytes of each frame
}

// frameEnd closes a synchronized update: the last bytes of a frame.
var frameEnd = []byte("\x1b[?2026l")

func openTerminal(client *ssh.Client) (*terminal, error) {
	session, err := client.NewSession()
	if err != nil {
		return nil, err
	}
	t := &terminal{session: session, frames: make(chan int, 1024)}
	if t.typed, err = session.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := session.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := session.RequestPty("xterm-256color", 50, 200, ssh.TerminalModes{}); err != nil {
		return nil, err
	}
	var reading sync.WaitGroup
	reading.Go(func() { t.read(out) })
	return t, session.Shell()
}

func (t *terminal) read(out io.Reader) {
	defer close(t.frames)
	var frame []byte
	buf := make([]byte, 32<<10)
	for {
		n, err := out.Read(buf)
		frame = append(frame, buf[:n]...)
		for {
			i := bytes.Index(frame, frameEnd)
			if i < 0 {
				break
			}
			select {
			case t.frames <- i:
			default: // nobody is counting any more
			}
			frame = frame[i+len(frameEnd):]
		}
		if err != nil {
			return
		}
	}
}

// openList goes to the list of customers and waits until a page of it is drawn.
func (t *terminal) openList() {
	const page = 4000 // bytes: what comes before, and "loading", is less
	if _, err := io.WriteString(t.typed, ":contacts\r"); err != nil {
		return
	}
	for size := range t.frames {
		if size > page {
			break
		}
	}
	t.settle()
}

// press types a key and waits for the last byte of what it changed.
func (t *terminal) press(key string) {
	if _, err := io.WriteString(t.typed, key); err == nil {
		<-t.frames
	}
}

// settle waits until nothing has been drawn for a while.
func (t *terminal) settle() {
	for {
		select {
		case _, ok := <-t.frames:
			if !ok {
				return
			}
		case <-time.After(2 * beat):
			return
		}
	}
}
