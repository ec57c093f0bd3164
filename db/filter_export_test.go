package db

import "testing"

// LookThrough has pages of a filter look through few customers, for a test.
func LookThrough(t *testing.T, chunk, most int) {
	wasChunk, wasMost := sievedChunk, sievedMost
	sievedChunk, sievedMost = chunk, most
	t.Cleanup(func() { sievedChunk, sievedMost = wasChunk, wasMost })
}
