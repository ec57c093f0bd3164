package views

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/policy"
	"balie/policy/text"
)

// telling is a drawer that says something until a key is pressed.
type telling struct {
	k     *kit
	title string
	lines []string
}

func (d *telling) Update(msg tea.Msg) (bool, tea.Cmd) {
	_, key := msg.(tea.KeyPressMsg)
	return key, nil
}

func (d *telling) Cursor() (x, y int, ok bool) { return 0, 0, false }

func (d *telling) View(w, height int) []string {
	lines := []string{d.k.st.strong.of(cut(d.title, w))}
	for _, l := range d.lines {
		lines = append(lines, wrap(l, w)...)
	}
	return lines[:min(len(lines), max(height, 0))]
}

// tellExport says the command that writes what is shown to a file: a terminal
// can't keep one.
func (l *logView) tellExport() tea.Cmd {
	if !l.kit.may(policy.AuditExport) {
		return notify(noteWarn, l.kit.t.Audit.ExportNot)
	}
	return show(&telling{l.kit, l.kit.t.Audit.ExportTitle, []string{l.exportCommand(), "", l.kit.t.Audit.ExportHint}})
}

// exportCommand has the filters as flags.
func (l *logView) exportCommand() string {
	words := []string{"ssh", l.kit.Host, "audit export --csv"}
	add := func(is bool, format string, args ...any) {
		if is {
			words = append(words, fmt.Sprintf(format, args...))
		}
	}
	q := l.query
	add(q.Person != 0, "--user %s", text.Clean(l.kit.people[q.Person].Login))
	add(q.Act != "", "--act %s", text.Clean(string(q.Act)))
	add(q.Subject != 0, "--subject %d", q.Subject)
	add(q.RefusedOnly, "--refused")
	add(q.Despite, "--kept")
	add(!q.Since.IsZero() || !q.Until.IsZero(), "--time %s..%s", l.kit.flagTime(q.Since), l.kit.flagTime(q.Until.Add(-time.Minute)))
	add(l.kit.Actor.Role != "", "--role %s", text.Clean(string(l.kit.Actor.Role)))
	return strings.Join(words, " ") + " > log.csv"
}

// flagTime is a time as the command takes it, in the zone in which it is shown.
func (k *kit) flagTime(t time.Time) string {
	if t.Year() <= 1 {
		return ""
	}
	return t.In(k.Zone).Format("2006-01-02T15:04")
}
