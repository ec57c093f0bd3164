package server

import (
	"maps"

	"balie/policy"
)

// The rows of dead addresses and of the officer's figures.
func init() {
	maps.Copy(matrix, map[string]rights{
		"contacts bounced": {input: "nobody@nowhere.example\n", may: readers},
		"privacy figures":  {may: []policy.Role{policy.Privacy}},
	})
}
