package views

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"balie/policy"
)

// TestPalette_typedAhead: letters that come in one packet with the colon belong
// to the palette. They once went to the screen below, as its keys.
func TestPalette_typedAhead(t *testing.T) {
	st := newStage(t, sessionOf(newFakeActs(), policy.Sales))
	for _, r := range ":person jan" {
		st.app.update(tea.KeyPressMsg{Code: r, Text: string(r)}) // nothing runs between
	}
	p, ok := st.app.dialog.(*palette)
	if !ok || p.in.value() != "person jan" {
		t.Fatalf("the palette holds %+v", p)
	}
}
