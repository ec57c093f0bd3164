package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"

	"balie/cmd/balie/bench"
	"balie/db"
	"balie/policy"
)

// second starts another node of the same house, as another machine would.
func (d demo) second(ctx context.Context, base *database) (*bench.Node, error) {
	dir, err := os.MkdirTemp("", "balie-second-*")
	if err != nil {
		return nil, err
	}
	cmd, log, err := d.startSecond(ctx, base, dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	stop := func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
		_ = os.RemoveAll(dir)
	}
	addr, err := readyAddress(log)
	if err != nil {
		stop()
		return nil, err
	}
	return &bench.Node{Addr: addr, Stop: stop}, nil
}

func (d demo) startSecond(ctx context.Context, base *database, dir string) (*exec.Cmd, *bufio.Scanner, error) {
	url := filepath.Join(dir, "url") // a file, for it holds the password
	if err := os.WriteFile(url, []byte(base.loginURL), 0o600); err != nil {
		return nil, nil, err
	}
	program, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	cmd := exec.CommandContext(ctx, program, "serve")
	cmd.Env = append(os.Environ(), "BALIE_DATA="+d.Data, "BALIE_DATABASE_URL=", "BALIE_DATABASE_URL_FILE="+url,
		"BALIE_NODE=second", "BALIE_HEADS="+filepath.Join(dir, "heads"), "BALIE_LISTEN=127.0.0.1:0", "BALIE_METRICS=")
	log, err := cmd.StderrPipe()
	if err != nil {
		return nil, nil, err
	}
	return cmd, bufio.NewScanner(log), cmd.Start()
}

// readyAddress reads what a node says until it lets people in, and where.
func readyAddress(log *bufio.Scanner) (string, error) {
	said := ""
	for log.Scan() {
		var line struct{ Msg, Address string }
		if json.Unmarshal(log.Bytes(), &line) == nil && line.Msg == "ready" {
			go func() { _ = db.Safely(func() error { return readOn(log) })() }()
			return line.Address, nil
		}
		said = log.Text()
	}
	return "", policy.Errorf(policy.Unavailable, "The second node did not start: %s", said)
}

// readOn reads what a node says on, or it would wait for somebody to read.
func readOn(log *bufio.Scanner) error {
	for log.Scan() {
	}
	return log.Err()
}
