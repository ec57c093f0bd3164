package ops

import (
	"context"
	"fmt"
	"strings"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// SessionInfo is what the server knows of a session that begins. ID is unique
// for ever and no secret.
type SessionInfo struct{ ID, Address, Node string }

// Welcome is what a person is told after signing in.
type Welcome struct {
	LastAt   time.Time // zero the first time
	LastFrom string
	LastKey  text.Line
	KeyName  text.Line        // of this session
	Language string           // "" when the person has not chosen
	Notices  []policy.Message // about the own account, since last time
}

// proofLife bounds how long after the code a connection may begin sessions.
const proofLife = 24 * time.Hour

// BeginSession writes the session and gives the actor in the first held role.
func (o *Ops) BeginSession(ctx context.Context, proof Proof, info SessionInfo) (actor policy.Actor, w Welcome, err error) {
	person := proof.claim.PersonID
	err = o.act(ctx, door(info.ID), policy.SignIn, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(int64(person))
		tx.Detail(fmt.Sprintf("from %s with key %s on %s", info.Address, proof.claim.Fingerprint, info.Node))
		if tx.Now.Sub(proof.at) > proofLife {
			return policy.Errorf(policy.Denied, "This connection is too old: sign in again.")
		}
		// Held until the commit: a revocation comes before, and is seen here,
		// or after, and then ends this session too.
		if _, err := tx.HoldPerson(ctx, person); err != nil {
			return err
		}
		if actor, err = tx.Wearer(ctx, person); err != nil {
			return err
		}
		w, err = begin(ctx, tx, proof, info)
		return err
	})
	actor.Session = info.ID
	return actor, w, err
}

func begin(ctx context.Context, tx *db.Tx, proof Proof, info SessionInfo) (Welcome, error) {
	e, err := tx.Earlier(ctx, proof.claim.PersonID)
	if err != nil {
		return Welcome{}, err
	}
	err = tx.BeginSession(ctx, db.Beginning{
		ID: info.ID, Person: proof.claim.PersonID, Key: proof.claim.KeyID,
		Address: info.Address, Node: info.Node, Recovery: proof.recovery,
	})
	return Welcome{
		LastAt: e.At, LastFrom: e.Address, LastKey: text.New(e.KeyName), KeyName: proof.claim.KeyName,
		Language: e.Language, Notices: notices(e),
	}, err
}

// fewCodes is how many recovery codes are few.
const fewCodes = 3

// notices are what a person must hear to find out that somebody else was here.
func notices(e db.Earlier) []policy.Message {
	var all []policy.Message
	tell := func(when bool, m policy.Message) {
		if when {
			all = append(all, m)
		}
	}
	at := e.At.UTC().Format("2006-01-02 15:04Z")
	tell(e.NewAddress, policy.Message{Key: "The sign-in of %s came from %s, where you never signed in from before. If that was not you, tell an admin now.", Args: []any{at, text.Clean(e.Address)}})
	tell(e.NewKey, policy.Message{Key: "The sign-in of %s was the first with the key %s. If that was not you, tell an admin now.", Args: []any{at, text.Clean(e.KeyName)}})
	tell(e.Recovery > 0, policy.Message{Key: "Recovery codes used since your last sign-in: %d. If that was not you, tell an admin now.", Args: []any{e.Recovery}})
	tell(len(e.NewKeys) > 0, policy.Message{Key: "Keys added to your account since your last sign-in: %s. If that was not you, tell an admin now.", Args: []any{text.Clean(strings.Join(e.NewKeys, ", "))}})
	tell(e.Phone, policy.Message{Key: "Your codes come from another phone since your last sign-in. If that was not you, tell an admin now."})
	tell(e.Roles > 0 && !e.At.IsZero(), policy.Message{Key: "Your roles have changed since your last sign-in."})
	tell(e.Left <= fewCodes, policy.Message{Key: "Recovery codes left: %d. Make new ones in your profile.", Args: []any{e.Left}})
	return all
}

// EndSession notes that a session is over and why. A session that was ended
// already, by a revocation, stays as it is.
func (o *Ops) EndSession(ctx context.Context, session, reason string) error {
	defer o.Store.ForgetSession(session)
	return o.act(ctx, door(session), policy.SignOut, policy.Resource{}, func(tx *db.Tx) error {
		person, err := tx.SessionPerson(ctx, session)
		if err != nil {
			return err
		}
		tx.About(int64(person))
		tx.Detail(reason)
		_, err = tx.EndSession(ctx, session, reason)
		return err
	})
}

// EndStale ends the sessions that an earlier run of this node left open.
func (o *Ops) EndStale(ctx context.Context, node string) error {
	return o.act(ctx, door(""), policy.SignOut, policy.Resource{}, func(tx *db.Tx) error {
		tx.Detail(node)
		_, err := tx.EndSessionsOn(ctx, node)
		return err
	})
}

// Roles reads the actor's roles anew, after Live.Changed: the role worn stays
// if it is still held, else the first held one is put on. Denied when none is.
func (o *Ops) Roles(ctx context.Context, actor policy.Actor) (policy.Actor, error) {
	fresh, err := o.Store.Wearer(ctx, actor.ID)
	if err != nil {
		return actor, fmt.Errorf("read roles: %w", err)
	}
	fresh.Session, fresh.Reason = actor.Session, actor.Reason
	for _, r := range fresh.Held {
		if r == actor.Role {
			return fresh.As(r), nil
		}
	}
	return fresh, nil
}
