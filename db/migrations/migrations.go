// Package migrations holds the schema: forward only, numbered, embedded.
package migrations

import "embed"

// Files are the migrations, named 0001_name.sql.
//
//go:embed *.sql
var Files embed.FS
