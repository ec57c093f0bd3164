package views

import (
	"fmt"
	"strconv"

	"balie/policy"
	"balie/policy/text"
)

// textBeside is the width of the text beside the QR code; at 80 columns the
// code takes the rest.
const textBeside = 30

// View is exactly as high as the window and no wider.
func (j *joinView) View() string {
	lines := block(j.lines(), j.kit.Width, j.kit.Height)
	view := join(lines)
	if j.kit.ASCII {
		return toASCII(view)
	}
	return view
}

func (j *joinView) lines() []string {
	t := &j.kit.t.People
	switch j.step {
	case joinProving:
		return j.secretLines()
	case joinWriting:
		head := j.titled(fmt.Sprintf(t.Inside, j.joining.Name.String()))
		return append(append(head, recoveryLines(j.kit, j.codes, j.kit.Width)...), "", " "+j.kit.st.strong.of(j.kit.t.YesKey)+" "+t.KeyKept)
	case joinDone:
		return j.doneLines()
	case joinFailed:
		return append(j.titled(""), append(j.sayBad(j.kit.Width-2), "", " "+t.CantJoin)...)
	}
	return []string{"", " " + t.Preparing}
}

func (j *joinView) titled(s string) []string {
	return []string{"", " " + j.kit.st.strong.of(cut(s, j.kit.Width-2)), ""}
}

// secretLines show the secret, and below the welcome the key that the inviter
// has to hear.
func (j *joinView) secretLines() []string {
	t := &j.kit.t.People
	return j.secretPane.lines(j.kit.Width, j.kit.Height, paneWords{
		before: j.welcome, scan: t.Scan, secret: t.Secret, digits: t.TypeCode, goOn: t.KeyGoOn, leaving: t.KeyLeave,
	})
}

func (j *joinView) welcome(w int) (lines []string) {
	t := &j.kit.t.People
	say := func(st style, s string, w int) {
		for _, l := range wrap(s, w) {
			lines = append(lines, st.of(l))
		}
	}
	say(j.kit.st.strong, fmt.Sprintf(t.Welcome, j.joining.Name.Cut(60).String()), w)
	lines = append(lines, "")
	say("", t.YourKey, w)
	say(j.kit.st.accent, text.Clean(j.joining.Fingerprint), min(w, fingerprintWidth/2))
	say("", j.readTo(), w)
	return append(lines, "")
}

func (j *joinView) readTo() string {
	if j.joining.InviterName.IsZero() {
		return j.kit.t.People.ReadToSomebody
	}
	return fmt.Sprintf(j.kit.t.People.ReadTo, j.joining.InviterName.Cut(40).String())
}

func (j *joinView) doneLines() []string {
	t := &j.kit.t.People
	return []string{
		"", " " + j.kit.st.strong.of(cut(fmt.Sprintf(t.Inside, j.joining.Name.String()), j.kit.Width-2)), "",
		" " + t.SignInWith, "", "    " + j.kit.st.accent.of("ssh "+j.joining.Login+"@"+text.Clean(j.kit.Host)), "", " " + t.Bye,
	}
}

// Cursor stands where the next digit goes; it is valid after View.
func (j *joinView) Cursor() (x, y int, visible bool) {
	return j.cursorX, j.cursorY, j.step == joinProving && !j.asks.busy
}

// recoveryLines show recovery codes, numbered, in two columns.
func recoveryLines(k *kit, codes []policy.Sealed, w int) []string {
	t := &k.t.People
	var lines []string
	for i, s := range []string{t.RecoveryTitle, t.RecoveryOnce, t.RecoveryWrite} {
		for _, l := range wrap(s, min(w-2, formWidth)) {
			lines = append(lines, " "+[]style{k.st.accent, "", k.st.due}[i].of(l))
		}
	}
	lines = append(lines, "")
	half := (len(codes) + 1) / 2
	for i := range half {
		line := recoveryCode(codes, i)
		if i+half < len(codes) {
			line = pad(line, 37) + recoveryCode(codes, i+half)
		}
		lines = append(lines, " "+line)
	}
	return lines
}

func recoveryCode(codes []policy.Sealed, i int) string {
	return padLeft(strconv.Itoa(i+1), 3) + "  " + codes[i].Reveal()
}
