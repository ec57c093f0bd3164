package policy

import (
	"fmt"
	"runtime"
)

// PanicText tells a recovered panic for the log. Only the runtime's own are
// told in full: any other value may hold what a person typed, so of that only
// the type.
func PanicText(r any) string {
	if err, ok := r.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", r)
}
