package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/caarlos0/env/v11"

	"balie/policy"
)

// config is an installation as the environment describes it. What is secret is
// in files: an environment is seen by more than one thinks.
type config struct {
	Data        string `env:"BALIE_DATA" envDefault:"/var/lib/balie"` // for all files whose place is not given
	DatabaseURL string `env:"BALIE_DATABASE_URL"`                     // as balie_login; empty: a private PostgreSQL in Data
	DatabaseKey string `env:"BALIE_DATABASE_URL_FILE,file"`           // the same, in a file
	OwnerURL    string `env:"BALIE_OWNER_URL"`                        // as the database's owner, for init, migrate and doctor
	OwnerKey    string `env:"BALIE_OWNER_URL_FILE,file"`
	Keyring     string `env:"BALIE_KEYRING"`
	HostKey     string `env:"BALIE_HOST_KEY"`
	Heads       string `env:"BALIE_HEADS"`     // best on another disk or machine
	HeadsLog    bool   `env:"BALIE_HEADS_LOG"` // tell each head in the log as well
	Listen      string `env:"BALIE_LISTEN" envDefault:":2222"`
	Country     string `env:"BALIE_COUNTRY" envDefault:"NL"`
	Node        string `env:"BALIE_NODE"`    // names this process among several
	Metrics     string `env:"BALIE_METRICS"` // a local address, such as 127.0.0.1:9100; empty: none
}

func fromEnvironment() (config, error) {
	var c config
	if err := env.Parse(&c); err != nil {
		return c, policy.Errorf(policy.Invalid, "The environment can't be read: %s.", err)
	}
	if c.DatabaseURL == "" {
		c.DatabaseURL = strings.TrimSpace(c.DatabaseKey)
	}
	if c.OwnerURL == "" {
		c.OwnerURL = strings.TrimSpace(c.OwnerKey)
	}
	country, err := policy.NormalCountry(c.Country)
	c.Country = country
	return c.withDefaults(), err
}

// demoConfig is a demo's directory seen as an installation.
func demoConfig(dir string) config {
	return config{Data: dir, Country: "NL", Node: "demo"}.withDefaults()
}

func (c config) withDefaults() config {
	for _, f := range []struct {
		field *string
		value string
	}{
		{&c.Keyring, filepath.Join(c.Data, "keyring.json")},
		{&c.HostKey, filepath.Join(c.Data, "host_key")},
		{&c.Heads, filepath.Join(c.Data, "heads")},
		{&c.Node, hostname()},
	} {
		if *f.field == "" {
			*f.field = f.value
		}
	}
	return c
}

func hostname() string {
	name, err := os.Hostname()
	if err != nil {
		return "balie"
	}
	return name
}

// where lets an operator's command look at a demo instead of the environment's
// installation.
type where struct {
	Dir string `help:"A demo's directory, instead of what the environment describes." placeholder:"DIR"`
}

func (w where) config() (config, error) {
	if w.Dir == "" {
		return fromEnvironment()
	}
	if _, err := readMark(w.Dir); err != nil {
		return config{}, err
	}
	return demoConfig(w.Dir), nil
}
