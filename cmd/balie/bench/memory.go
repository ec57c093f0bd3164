package bench

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"net"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	charm "charm.land/ssh"
	"github.com/charmbracelet/colorprofile"
	"golang.org/x/crypto/ssh"

	"balie/policy"
)

// each session's share of what the process holds more than before, in MB.
func share(before uint64, sessions int) float64 {
	return float64(memory()-before) / float64(sessions) / 1e6
}

// stockMemory is what a session costs when bubbletea draws the same table over
// the same SSH, with the same clients in the process.
func stockMemory() (mb float64, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	_, private, _ := ed25519.GenerateKey(rand.Reader)
	key, err := ssh.NewSignerFromKey(private)
	if err != nil {
		return 0, err
	}
	server := &charm.Server{Handler: serveStock, PublicKeyHandler: func(charm.Context, charm.PublicKey) bool { return true }}
	server.AddHostKey(key)
	var serving sync.WaitGroup
	serving.Go(func() { _ = server.Serve(l) })
	defer serving.Wait()
	defer server.Close()
	before := memory()
	for range watchers / channelsEach {
		client, err := dial(l.Addr().String(), "somebody", key.PublicKey(), key, policy.Seal(""))
		if err != nil {
			return 0, fmt.Errorf("stock session: %w", err)
		}
		defer client.Close()
		for range channelsEach {
			if _, err := openTerminal(client); err != nil {
				return 0, err
			}
		}
	}
	time.Sleep(8 * beat) // a stock session says nothing when it has drawn
	return share(before, watchers), nil
}

func serveStock(s charm.Session) {
	pty, sizes, _ := s.Pty()
	ctx, stop := context.WithCancel(s.Context())
	defer stop()
	m := startTable(false)
	p := tea.NewProgram(stock{m}, tea.WithInput(s), tea.WithOutput(s), tea.WithContext(ctx),
		tea.WithWindowSize(pty.Window.Width, pty.Window.Height), tea.WithColorProfile(colorprofile.TrueColor),
		tea.WithEnvironment([]string{"TERM=" + pty.Term, "SSH_TTY=x"}), tea.WithoutSignalHandler())
	var resizing sync.WaitGroup
	resizing.Go(func() {
		for w := range sizes {
			p.Send(tea.WindowSizeMsg{Width: w.Width, Height: w.Height})
		}
	})
	_, _ = p.Run()
}
