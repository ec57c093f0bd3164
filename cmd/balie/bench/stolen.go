package bench

import (
	"fmt"
	"os"
	"time"
)

// ticks are how long the processors were used so far, by us or others here, and
// by other machines on the same host. Linux counts both in hundredths of a second.
type ticks struct{ used, stolen int64 }

func readTicks() (t ticks) {
	f, err := os.Open("/proc/stat")
	if err != nil {
		return t // another system: nothing is known
	}
	defer f.Close()
	var user, nice, system, idle, wait, irq, soft int64
	if _, err := fmt.Fscanf(f, "cpu %d %d %d %d %d %d %d %d", &user, &nice, &system, &idle, &wait, &irq, &soft, &t.stolen); err == nil {
		t.used = user + nice + system + irq + soft
	}
	return t
}

// since says what the host took meanwhile: the slowest tries are those that it
// kept waiting.
func (t ticks) since(before ticks) string {
	used, stolen := t.used-before.used, t.stolen-before.stolen
	if used <= 0 {
		return ""
	}
	took := time.Duration(stolen) * 10 * time.Millisecond
	return fmt.Sprintf("meanwhile the host kept the processors waiting for %s, %.1f%% of what they worked\n", took, 100*float64(stolen)/float64(used))
}
