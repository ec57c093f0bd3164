package views

import tea "charm.land/bubbletea/v2"

// home is where everybody begins: what the role worn needs first.
type home struct {
	*kit
}

func newHome(k *kit) view { return &home{kit: k} }

func (h *home) Init() tea.Cmd          { return nil }
func (h *home) Update(tea.Msg) tea.Cmd { return nil }
func (h *home) View(w, height int) string {
	return ""
}
func (h *home) Title() string   { return h.t.Home }
func (h *home) Keys() []binding { return nil }
