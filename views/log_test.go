package views

import (
	"os"
	"regexp"
	"testing"
)

// TestLogTexts_faults holds that what verifying can find has words in Dutch.
func TestLogTexts_faults(t *testing.T) {
	src, err := os.ReadFile("../db/verify.go")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`v\.fault\([^"\n]*"([^"]+)"\)`).FindAllSubmatch(src, -1)
	if len(found) < 10 {
		t.Fatalf("only %d faults were found in the source: the pattern is out of date", len(found))
	}
	for _, m := range found {
		if dutchLog().Faults[string(m[1])] == "" {
			t.Errorf("no Dutch for the fault %q", m[1])
		}
	}
}
