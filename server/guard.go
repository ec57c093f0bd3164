package server

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// guard runs fn and contains a panic in it: whatever it served ends, and the
// process and everybody else's session go on. Every goroutine of ours starts
// with it; TestGoroutinesRecover holds the whole module to that.
func (s *Server) guard(what string, fn func()) {
	defer func() {
		if r := recover(); r != nil {
			s.log.Error("panic", "in", what, "what", panicText(r), "stack", string(debug.Stack()))
		}
	}()
	fn()
}

// panicText tells the runtime's own panics; any other value may hold what a
// person typed, so only its type goes into the log.
func panicText(r any) string {
	if err, ok := r.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", r)
}
