package server

import (
	"runtime/debug"

	"balie/policy"
)

// guard runs fn and contains a panic in it: whatever it served ends, and the
// process and everybody else's session go on. Every goroutine of ours starts
// with it; TestGoroutinesRecover holds the whole module to that.
func (s *Server) guard(what string, fn func()) {
	defer func() {
		if r := recover(); r != nil {
			s.log.Error("panic", "in", what, "what", policy.PanicText(r), "stack", string(debug.Stack()))
		}
	}()
	fn()
}
