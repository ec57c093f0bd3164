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
	lines := block(j.lines(), j.Width, j.Height)
	view := join(lines)
	if j.ASCII {
		return toASCII(view)
	}
	return view
}

func (j *joinView) lines() []string {
	t := &j.t.People
	switch j.step {
	case joinProving:
		return j.secretLines()
	case joinWriting:
		head := j.titled(fmt.Sprintf(t.Inside, j.joining.Name.String()))
		return append(append(head, recoveryLines(j.kit, j.codes, j.Width)...), "", " "+j.st.strong.of(j.t.YesKey)+" "+t.KeyKept)
	case joinDone:
		return j.doneLines()
	case joinFailed:
		return append(j.titled(""), append(j.sayBad(j.Width-2), "", " "+t.CantJoin)...)
	}
	return []string{"", " " + t.Preparing}
}

func (j *joinView) titled(s string) []string {
	return []string{"", " " + j.st.strong.of(cut(s, j.Width-2)), ""}
}

// secretLines puts the code at the left and the words at the right; without
// room for the code, the words alone and why.
func (j *joinView) secretLines() []string {
	p := paperFor(!j.NoColor, !j.ASCII, j.Dark)
	quiet, ok := j.code.fit(p, j.Width-textBeside-2, j.Height)
	if !ok {
		w, h := j.code.size(p, quietLeast)
		j.cursorX = 1
		words := j.words(j.t.People.Secret, max(min(j.Width-2, formWidth), 1))
		words = append(words, "")
		for _, l := range wrap(fmt.Sprintf(j.t.People.NoRoom, w+textBeside+2, h), j.Width-2) {
			words = append(words, j.st.faint.of(l))
		}
		return beside(nil, words, 0, " ")
	}
	left := j.code.lines(p, quiet)
	w, _ := j.code.size(p, quiet)
	j.cursorX = w + 1
	right := j.words(j.t.People.Scan, min(j.Width-w-2, formWidth))
	return beside(left, right, w, " ")
}

// words are what is said beside the code, in lines of at most w columns.
func (j *joinView) words(scan string, w int) []string {
	t := &j.t.People
	var lines []string
	say := func(st style, s string) {
		for _, l := range wrap(s, w) {
			lines = append(lines, st.of(l))
		}
	}
	say(j.st.strong, fmt.Sprintf(t.Welcome, j.joining.Name.Cut(60).String()))
	lines = append(lines, "")
	say("", t.YourKey)
	for _, l := range wrap(text.Clean(j.joining.Fingerprint), min(w, fingerprintWidth/2)) {
		lines = append(lines, j.st.accent.of(l))
	}
	say("", j.readTo())
	lines = append(lines, "")
	say("", scan)
	say(j.st.accent, grouped(j.joining.Secret.Reveal()))
	lines = append(lines, "")
	say("", t.TypeCode)
	j.cursorX, j.cursorY = j.cursorX+3+len(j.digits), len(lines)
	lines = append(lines, "   "+j.st.here.of(pad(j.digits, codeDigits+1)))
	lines = append(lines, j.verdict(w)...)
	if j.NoColor { // nobody told us which of the terminal's two colours is the light one
		lines = append(lines, cut(j.st.strong.of("i")+" "+t.KeySwap, w))
	}
	return append(lines, "", cut(j.st.strong.of("enter")+" "+t.KeyGoOn, w), cut(j.st.strong.of("esc")+" "+t.KeyLeave, w))
}

func (j *joinView) readTo() string {
	if j.joining.InviterName.IsZero() {
		return j.t.People.ReadToSomebody
	}
	return fmt.Sprintf(j.t.People.ReadTo, j.joining.InviterName.Cut(40).String())
}

// verdict is what is wrong with the last code, or that one is being checked.
func (j *joinView) verdict(w int) []string {
	if j.asks.busy {
		return []string{j.st.faint.of(cut(j.t.People.Checking, w))}
	}
	return j.sayBad(w)
}

func (j *joinView) sayBad(w int) (lines []string) {
	if j.wrong == "" {
		return nil
	}
	for _, l := range wrap("! "+j.wrong, min(w, formWidth)) {
		lines = append(lines, j.st.danger.of(l))
	}
	return lines
}

func (j *joinView) doneLines() []string {
	t := &j.t.People
	return []string{
		"", " " + j.st.strong.of(cut(fmt.Sprintf(t.Inside, j.joining.Name.String()), j.Width-2)), "",
		" " + t.SignInWith, "", "    " + j.st.accent.of("ssh "+j.joining.Login+"@"+text.Clean(j.Host)), "", " " + t.Bye,
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
