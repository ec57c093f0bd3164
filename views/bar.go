package views

import (
	"fmt"
	"strings"
	"time"
)

// bar shows how far a job is, how fast, and what is left.
func (k *kit) bar(what, rateText string, far *progress, started time.Time, w int) []string {
	done, total := far.done.Load(), far.total.Load()
	lines := []string{"", "  " + k.st.strong.of(what), ""}
	if total <= 0 {
		return append(lines, "  "+k.st.faint.of(k.t.Loading))
	}
	size := max(min(w-20, 60), 1)
	full := int(int64(size) * min(done, total) / total)
	perSecond, left := rate(done, total, k.Now().Sub(started))
	return append(
		lines, "  "+k.st.accent.of(strings.Repeat("█", full))+k.st.faint.of(strings.Repeat("░", size-full))+fmt.Sprintf(" %d%%", 100*done/total),
		"  "+fmt.Sprintf(rateText, k.num(int(done)), k.num(int(total)), k.num(perSecond), left.String()),
	)
}
