package views

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

func (h *home) firstOnes(n int) string { return fmt.Sprintf(h.kit.t.FirstOnes, h.kit.num(n)) }

// customerItem is a customer, with its company or that it is restricted, and
// what there is to say of it at the end.
func (h *home) customerItem(r db.Row, last cell, lastWidth int) homeItem {
	return homeItem{
		open: func() tea.Cmd { return open(newCustomer(h.kit, r.ID, r.Name().String())) },
		draw: func(w int, here bool) string {
			company := cell{r.Company.String(), ""}
			if r.Restricted {
				company = cell{"! " + h.kit.t.Restricted, h.kit.st.due}
			}
			if here { // the line has a style of its own
				company.st, last.st = "", ""
			}
			room := w - 1 - lastWidth
			words := pad(r.Name().String(), room)
			if side := max(room/3, 14); company.text != "" && room-side >= 16 {
				words = pad(r.Name().String(), room-side-2) + "  " + company.st.of(pad(company.text, side))
			}
			return words + " " + last.st.of(padLeft(last.text, lastWidth))
		},
	}
}

// activeBlock are those that were active last.
func (h *home) activeBlock() homeBlock {
	b := homeBlock{title: h.kit.t.HomeActive[h.kit.Actor.Role == policy.Sales], least: 2}
	for _, r := range h.busy {
		b.items = append(b.items, h.customerItem(r, cell{h.kit.ago(r.LastActivity), h.kit.st.faint}, 12))
	}
	if !h.load.busy {
		b.none = h.kit.t.NoCustomersHint
	}
	return b
}

// leavingBlock are those that somebody has to decide on; nil when there are none.
func (h *home) leavingBlock(w int) []homeBlock {
	b := homeBlock{title: h.kit.t.HomeLeaving, least: 3}
	for _, r := range h.leaving {
		if w < 60 {
			b.items = append(b.items, h.customerItem(r, h.kit.leavesIn(r.Status, r.LastActivity), 11))
		} else {
			b.items = append(b.items, h.customerItem(r, h.kit.leavesOn(r.Status, r.LastActivity), 26))
		}
	}
	if len(b.items) == 0 {
		return nil
	}
	return []homeBlock{b}
}

// statusBlock says how many there are by status.
func (h *home) statusBlock() homeBlock {
	b := homeBlock{title: h.kit.t.HomeNow, least: len(policy.Statuses)}
	if h.own == nil {
		return b
	}
	for _, s := range policy.Statuses {
		b.items = append(b.items, plain(pad(h.kit.t.status(s), 12)+padLeft(h.kit.num(int(h.own[s])), 8), "", func() tea.Cmd {
			c := newCustomers(h.kit)
			c.query.Status = s
			return goTo(c)
		}))
	}
	return b
}

// recentBlock are those that were opened in this session.
func (h *home) recentBlock() homeBlock {
	b := homeBlock{title: h.kit.t.HomeRecent, none: h.kit.t.NothingOpened, least: 2}
	for _, r := range h.kit.recents {
		b.items = append(b.items, homeItem{
			open: func() tea.Cmd { return open(newCustomer(h.kit, r.id, r.name.String())) },
			draw: func(w int, here bool) string {
				return pad(r.name.String(), max(w-13, 8)) + " " + padLeft(h.kit.ago(r.at), 12)
			},
		})
	}
	return b
}

// callBlock are those of whom nobody heard for the longest.
func (h *home) callBlock() homeBlock {
	b := homeBlock{title: h.kit.t.Work.ToCall, least: 3, none: h.kit.t.Work.NobodyToCall}
	if h.calling.busy && len(h.calls.Deals)+len(h.calls.Clients) == 0 {
		b.none = ""
	}
	seen := map[int64]bool{}
	for i, list := range [][]db.Row{h.calls.Deals, h.calls.Clients} {
		for _, r := range list {
			if seen[r.ID] {
				continue
			}
			seen[r.ID] = true
			last := cell{h.kit.ago(r.LastActivity), h.kit.st.faint}
			if i == 0 {
				last = cell{h.kit.t.Deal.Deal + " · " + last.text, h.kit.st.due}
			}
			b.items = append(b.items, h.customerItem(r, last, 19))
		}
	}
	return b
}
