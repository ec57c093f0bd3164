package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/pquerna/otp/totp"

	"balie/db/cluster"
	"balie/policy"
)

type demoCode struct {
	Name string `arg:"" help:"Whose: anna, marit, sander, sofie, fatima, pieter or arend."`
}

// phone is somebody's second factor, as a phone has it, and what the database
// knows of its use.
type phone struct {
	now      time.Time // the database's clock, the one that counts
	lastStep int64
	nextTry  time.Time
}

const step = 30 * time.Second

// Run prints a code that will be accepted, after waiting for one if the present
// one is used up.
func (p demoCode) Run(ctx context.Context, all *cli, con console) error {
	code, err := p.fresh(ctx, all.Demo.Dir, con)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(con.out, code)
	return err
}

// fresh gives a code that was not used yet.
func (p demoCode) fresh(ctx context.Context, dir string, con console) (string, error) {
	secret, err := p.secret(dir)
	if err != nil {
		return "", err
	}
	c, err := cluster.Attach(ctx, demoConfig(dir).clusterDir())
	if err != nil {
		return "", err
	}
	conn, err := pgx.Connect(ctx, c.URL(databaseName, cluster.Superuser))
	if err != nil {
		return "", err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	now, err := p.wait(ctx, conn, con)
	if err != nil {
		return "", err
	}
	return totp.GenerateCode(secret, now)
}

func (p demoCode) secret(dir string) (string, error) {
	if _, err := readMark(dir); err != nil {
		return "", err
	}
	d := demo{config: demoConfig(dir)}
	raw, err := os.ReadFile(filepath.Join(d.keyDir(), filepath.Base(p.Name)+".totp"))
	if err != nil {
		return "", policy.Errorf(policy.Absent, "Nobody in this demo is called %s: try anna, marit, sander, sofie, fatima, pieter or arend.", p.Name)
	}
	return strings.TrimSpace(string(raw)), nil
}

// wait gives the time, of the database, for which to make the code.
func (p demoCode) wait(ctx context.Context, conn *pgx.Conn, con console) (time.Time, error) {
	for {
		s, err := p.look(ctx, conn)
		if err != nil {
			return s.now, err
		}
		left := s.left()
		if left <= 0 {
			return s.now, nil
		}
		con.say(fmt.Sprintf("Waiting %d s: a code works once, and not just after wrong ones.", int(left.Seconds()+1)))
		if err := sleep(ctx, left); err != nil {
			return s.now, err
		}
	}
}

func (p demoCode) look(ctx context.Context, conn *pgx.Conn) (s phone, err error) {
	err = conn.QueryRow(ctx, `select clock_timestamp(), t.last_step, greatest(t.next_try, '0001-01-01')
		from totp t join people p on p.id = t.person_id where p.login = $1`, p.Name).Scan(&s.now, &s.lastStep, &s.nextTry)
	if err != nil {
		err = policy.Errorf(policy.Absent, "%s has no phone registered here: the access may have been revoked.", p.Name).Because(err)
	}
	return s, err
}

// left is how long no code will be accepted.
func (s phone) left() time.Duration {
	used := time.Unix((s.lastStep+1)*int64(step/time.Second), 0).Sub(s.now)
	return max(used, s.nextTry.Sub(s.now))
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
