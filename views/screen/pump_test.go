package screen

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/google/go-cmp/cmp"
)

// heard is what a pump sent, in words.
type heard struct{ events []string }

func (h *heard) send(msg tea.Msg) {
	switch msg := msg.(type) {
	case uv.KeyPressEvent:
		h.events = append(h.events, msg.Key().String())
	case tea.PasteMsg:
		h.events = append(h.events, "paste:"+msg.Content)
	case PasteCutMsg:
		h.events = append(h.events, "cut")
	default:
		h.events = append(h.events, "other")
	}
}

func newPump() (*pump, *heard) {
	h := &heard{}
	return &pump{send: h.send, guard: func(fn func()) { fn() }}, h
}

// rest lets every timer of a pump fire.
func rest() {
	time.Sleep(pasteWait + 2*quietWait)
	synctest.Wait()
}

func TestPump(t *testing.T) {
	for _, test := range []struct {
		name    string
		packets []string
		want    []string
	}{
		{"typed ahead", []string{"jjj"}, []string{"j", "j", "j"}},
		{"arrow", []string{"\x1b[A"}, []string{"up"}},
		{"arrow in halves", []string{"\x1b", "[", "B"}, []string{"down"}},
		{"escape, then a key", []string{"\x1b", "wait", "j"}, []string{"esc", "j"}},
		{"alt", []string{"\x1bj"}, []string{"alt+j"}},
		{"rune in halves", []string{"\xe2\x82", "\xac"}, []string{"€"}},
		{"half a rune", []string{"\xe2\x82", "wait", "j"}, []string{"j"}},
		{"controls of eight bits", []string{"\x9b8;600;600tj"}, []string{"8", ";", "6", "0", "0", ";", "6", "0", "0", "t", "j"}},
		{"mouse", []string{"\x1b[<0;5;6M"}, []string{"other"}},
		{"control", []string{"\x03\r\t"}, []string{"ctrl+c", "enter", "tab"}},
		{"paste", []string{"a\x1b[200~b\x1b[31mc\n\x00\x1b[201~d"}, []string{"a", "paste:b\x1b[31mc\n\x00", "d"}},
		{"paste in pieces", []string{"\x1b[20", "0~ab", "c\x1b[2", "01~", "d"}, []string{"paste:abc", "d"}},
		{"paste with an end within", []string{"\x1b[200~a\x1b[20x\x1b[201~"}, []string{"paste:a\x1b[20x"}},
		{"paste without end", []string{"\x1b[200~dd", "wait", "j"}, []string{"paste:dd", "cut", "j"}},
		{"rest of a cut paste", []string{"\x1b[200~dd", "5 s", "dd", "dd\x1b[201~j"}, []string{"paste:dd", "cut", "j"}},
		{"window size by keyboard", []string{"\x1b[8;60000;60000t\x1b[48;9999;9999;1;1tj"}, []string{"j"}},
		{"reports nobody asked for", []string{"\x1b]52;c;aGk=\a\x1b[?2026;2$y\x1bP1+r524742\x1b\\j"}, []string{"j"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, h := newPump()
				for _, packet := range test.packets {
					switch packet {
					case "wait":
						rest()
					case "5 s":
						time.Sleep(pasteWait + time.Millisecond)
						synctest.Wait()
					default:
						p.feed([]byte(packet))
					}
				}
				if diff := cmp.Diff(test.want, h.events); diff != "" {
					t.Error(diff)
				}
				rest()
			})
		})
	}
}

func (p *pump) held() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return cap(p.buf) + cap(p.paste)
}

// TestPump_Endless feeds 64 MiB of what never ends; what is held stays small
// and afterwards the keys work again.
func TestPump_Endless(t *testing.T) {
	for name, opening := range map[string]string{
		"paste": "\x1b[200~", "OSC": "\x1b]52;c;", "DCS": "\x1bP", "CSI": "\x1b[1", "half a rune": "\xe2\x82\x1b[200~",
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, h := newPump()
				p.feed([]byte(opening))
				chunk := bytes.Repeat([]byte("1"), 64<<10)
				most := 0
				for range 256 { // sixteen times what a paste may be
					p.feed(chunk)
					most = max(most, p.held())
				}
				if most > 3*maxPaste {
					t.Errorf("held %d bytes", most)
				}
				rest()
				h.events = nil
				p.feed([]byte("j"))
				if diff := cmp.Diff([]string{"j"}, h.events); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestPump_LongPasteIsCutOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, h := newPump()
		p.feed([]byte("\x1b[200~" + strings.Repeat("€", maxPaste) + "\x1b[201~j"))
		if len(h.events) != 3 || h.events[1] != "cut" || h.events[2] != "j" {
			t.Fatalf("%d events", len(h.events))
		}
		content := strings.TrimPrefix(h.events[0], "paste:")
		if n := len(content); n > maxPaste+len(replacement) || n < maxPaste {
			t.Errorf("%d bytes", n)
		}
		rest()
	})
}

// TestPump_Noise: no bytes make it panic or lose its way for long.
func TestPump_Noise(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	synctest.Test(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(seed, 2))
		parts := append([]string{"\x1b[200~", "\x1b[201~", "\x1b", "\x1b[", "\x1bO", "\x1bP", "\x9b", "\x1b[M", "\x1b[<", ";", "99999999999999999999", "~", "u", "$y", "\x1b_", "\x1b\\"}, alphabet...)
		for range 300 {
			p, h := newPump()
			for range 200 {
				p.feed([]byte(parts[r.IntN(len(parts))] + string([]byte{byte(r.IntN(256))})))
			}
			rest()
			h.events = nil
			p.feed([]byte("j"))
			if diff := cmp.Diff([]string{"j"}, h.events); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}
