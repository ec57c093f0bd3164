package cluster

import (
	"context"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

// Superuser is the cluster's owner, for migrations and operators.
const Superuser = "postgres"

// secret is what every role's password follows from, so that one 0600 file is
// all there is to keep.
type secret struct{ policy.Sealed }

func (p place) secret() (secret, error) {
	text, err := os.ReadFile(p.file("secret"))
	if err == nil && len(text) == 0 {
		err = fmt.Errorf("%s is empty", p.file("secret"))
	}
	return secret{policy.Seal(string(text))}, err
}

// makeSecret writes the secret once; the rename keeps a crash from leaving an
// empty file that would lock everybody out.
func (p place) makeSecret() (secret, error) {
	if s, err := p.secret(); !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	temp := p.file("secret.new")
	if err := os.WriteFile(temp, []byte(rand.Text()+rand.Text()), 0o600); err != nil {
		return secret{}, err
	}
	if err := os.Rename(temp, p.file("secret")); err != nil {
		return secret{}, err
	}
	return p.secret()
}

func (s secret) password(role string) string {
	mac := hmac.New(sha256.New, []byte(s.Reveal()))
	mac.Write([]byte(role))
	return hex.EncodeToString(mac.Sum(nil))
}

// url holds the password: it is for pgx, never for a log or an argument list.
func (s secret) url(socketDir, database, role string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(role, s.password(role)), Path: "/" + database}
	u.RawQuery = url.Values{"host": {socketDir}, "port": {"5432"}, "sslmode": {"disable"}}.Encode()
	return u.String()
}

// verifier is what PostgreSQL stores of a password (RFC 5803). Sending this
// instead of the password keeps the latter out of every log.
func verifier(password string) (string, error) {
	const rounds = 4096
	salt := []byte(rand.Text()[:16])
	salted, err := pbkdf2.Key(sha256.New, password, salt, rounds, sha256.Size)
	if err != nil {
		return "", err
	}
	stored := sha256.Sum256(sign(salted, "Client Key"))
	b64 := base64.StdEncoding.EncodeToString
	return fmt.Sprintf("SCRAM-SHA-256$%d:%s$%s:%s", rounds, b64(salt), b64(stored[:]), b64(sign(salted, "Server Key"))), nil
}

func sign(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// AllowLogin lets an existing role log in with the password that URL gives it.
func (c *Cluster) AllowLogin(ctx context.Context, role string) error {
	conn, err := pgx.Connect(ctx, c.URL("postgres", Superuser))
	if err != nil {
		return fmt.Errorf("allow login: %w", err)
	}
	defer conn.Close(ctx)
	hash, err := verifier(c.secret.password(role))
	if err != nil {
		return fmt.Errorf("allow login: %w", err)
	}
	// The verifier's alphabet has no quote; ALTER ROLE takes no parameters.
	_, err = conn.Exec(ctx, "alter role "+pgx.Identifier{role}.Sanitize()+" login password '"+hash+"'")
	return err
}

// lend writes the superuser's password where initdb, under its account, can
// read it; the caller removes it.
func (p place) lend(s secret) (string, error) {
	path := filepath.Join(p.home, "password.new")
	if err := os.RemoveAll(path); err != nil {
		return "", err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if _, err := f.WriteString(s.password(Superuser)); err != nil {
		return path, err
	}
	return path, p.as.give(path)
}
