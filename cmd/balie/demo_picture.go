package main

import (
	"context"
	"os"
	"path/filepath"

	gossh "golang.org/x/crypto/ssh"

	"balie/cmd/balie/picture"
	"balie/policy"
	"balie/server"
)

type demoPicture struct {
	Name    string   `arg:"" help:"Who signs in."`
	Keys    []string `arg:"" optional:"" help:"What to type: words as they are, or enter, esc, tab, up, down, left, right, space."`
	Address string   `help:"Where the demo listens." default:"127.0.0.1:2222" placeholder:"HOST:PORT"`
	Width   int      `help:"Columns of the terminal." default:"80"`
	Height  int      `help:"Rows of the terminal." default:"24"`
}

// keyNames are keys that can't be typed as they are.
var keyNames = map[string]string{
	"enter": "\r", "esc": "\x1b", "tab": "\t", "space": " ",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
}

// Run writes the picture to standard output.
func (p demoPicture) Run(ctx context.Context, all *cli, con console) error {
	dir, err := filepath.Abs(all.Demo.Dir)
	if err != nil {
		return err
	}
	client, err := p.signIn(ctx, demo{config: demoConfig(dir), con: con})
	if err != nil {
		return err
	}
	defer client.Close()
	keys := make([]string, len(p.Keys))
	for i, k := range p.Keys {
		if keys[i] = keyNames[k]; keys[i] == "" {
			keys[i] = k
		}
	}
	return picture.Take(client, p.Width, p.Height, keys, con.out)
}

func (p demoPicture) signIn(ctx context.Context, d demo) (*gossh.Client, error) {
	code, err := demoCode{p.Name}.fresh(ctx, d.Data, d.con)
	if err != nil {
		return nil, err
	}
	raw, err := os.ReadFile(filepath.Join(d.keyDir(), p.Name))
	if err != nil {
		return nil, err
	}
	signer, err := gossh.ParsePrivateKey(raw)
	if err != nil {
		return nil, err
	}
	host, err := server.HostKey(d.HostKey)
	if err != nil {
		return nil, err
	}
	client, err := gossh.Dial("tcp", p.Address, &gossh.ClientConfig{
		User: p.Name, HostKeyCallback: gossh.FixedHostKey(host.PublicKey()),
		Auth: []gossh.AuthMethod{gossh.PublicKeys(signer), gossh.KeyboardInteractive(answer(code))},
	})
	if err != nil {
		return nil, policy.Errorf(policy.Unavailable, "Nobody answers as this demo on %s: start it first, or say --address.", p.Address).Because(err)
	}
	return client, nil
}

// answer types a code at each question.
func answer(code string) gossh.KeyboardInteractiveChallenge {
	return func(_, _ string, questions []string, _ []bool) ([]string, error) {
		answers := make([]string, len(questions))
		for i := range answers {
			answers[i] = code
		}
		return answers, nil
	}
}
