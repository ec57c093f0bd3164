// Package hostile is a corpus of texts made to harm a terminal or its reader,
// for the tests of every place that shows what a person may have written.
package hostile

import "strings"

// Strings are hostile texts. What the program shows of any of them must hold
// no rune that is Banned.
var Strings = []string{
	// Sequences that a terminal obeys.
	"\x1b]52;c;cm0gLXJmIH4K\x07",                              // writes the clipboard
	"\x1b]52;c;?\x1b\\",                                       // asks for the clipboard
	"\x1b]8;;https://evil.example\x1b\\bank.nl\x1b]8;;\x1b\\", // link with another face
	"\x1b]0;you are root\x07",                                 // window title
	"\x1b[21t",                                                // types the title back
	"\x1b[2J\x1b[H",                                           // clears the screen
	"\x1b[31mred\x1b[0m",                                      // colour
	"\x1b[?1049l",                                             // leaves the alternate screen
	"\x1b[6n",                                                 // makes the terminal answer
	"\x1bP$qm\x1b\\",                                          // DCS
	"\x1bP+q544e\x1b\\",                                       // XTGETTCAP
	"\x1b_Ga=T;AAAA\x1b\\",                                    // APC, kitty graphics
	"\x1b^private\x1b\\",                                      // PM
	"\x1bXstring\x1b\\",                                       // SOS
	"\x1bc",                                                   // full reset
	"\x1b(0lqqk",                                              // other character set
	"\x1b",                                                    // half a sequence
	"\x1b[200~paste\x1b[201~",                                 // bracketed paste
	"\x1b]1337;File=inline=1:AAAA\x07",                        // iTerm2 file
	"\x1b[1;99999999999999999999m",                            // number overflow
	"\u009b31mred\u009b0m",                                    // CSI as C1
	"\u009d52;c;AAAA\u009c",                                   // OSC as C1
	"\u0090$qm\u009c",                                         // DCS as C1
	"\u0085next\u008dup",                                      // NEL, RI
	"\x9b31mraw\x9d0;t\x9c",                                   // C1 as bytes

	// Controls.
	"nul\x00byte", "bell\x07", "back\b\b\b\bover", "over\rwritten", "del\x7f",
	"two\nlines", "dos\r\nlines", "tab\tbed", "vt\vff\f", "so\x0esi\x0f",
	"\n\n\n", "\t", "\r",

	// What the eye doesn't see.
	"\u202egpj.exe", "\u202aabc\u202c", "\u2066abc\u2069", "\u2067abc", "\u061cabc",
	"\u200eabc\u200f", "zero\u200bwidth\u200c", "let\u200dter", "\u200d", "x\u200d\U0001f469",
	"\ufeffbom", "word\u2060joiner\u2064", "soft\u00adhyphen", "\u206a\u206f",
	"\U000e0041\U000e0042\U000e007f", "\U000e0001en", "flag\U0001f3f4\U000e0067\U000e007f",
	"line\u2028sep", "para\u2029sep", "\ufff9a\ufffab\ufffb",
	"fill\u3164er\uffa0\u115f", "grapheme\u034fjoiner", "\u180e", "a\ufe00b", "a\U000e0100b",
	"\U0001f469\u200d", "\U0001f469\u200d\u200d\U0001f469",
	strings.Repeat("\U0001f469\u200d", 500) + "\U0001f469",

	// Marks.
	"z" + strings.Repeat("\u0335\u0322\u034d", 30) + "algo",
	strings.Repeat("\u0301", 100), "\u0301lone", " \u0301", "a\u20dd\u20dd\u20dd\u20dd\u20dd\u20dd",
	"\u0e01" + strings.Repeat("\u0e49", 50), "\x1b\u0301\u0301",

	// Not text.
	"\xff\xfe", "half\xe2\x82", "over\xc0\xaflong", "surrogate\xed\xa0\x80", "big\xf4\x90\x80\x80",
	"\xc3", "\ufdd0", "\uffff", "\U0010ffff", "\ue000", "\U000f0000", "\ufffd\ufffd",

	// Size, width and formulas.
	strings.Repeat("x", 1<<20), strings.Repeat("\U0001f600", 1<<12), strings.Repeat("\x1b", 1<<16),
	strings.Repeat("\u202e", 1<<12), "\uff37\uff29\uff24\uff25", "\u3000\u00a0",
	"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1+1", "\uff1d1+1",
	"'; drop table contact; --", "%s%n%d", "{{.}}", "${HOME}", "$(id)", "../../etc/passwd",
}

// Banned says that r may not reach a terminal out of somebody's text. Its list
// is written out by hand, apart from the code it tests. Newline and tab are
// for the test to judge, the joiner U+200D is allowed because emoji need it.
func Banned(r rune) bool {
	switch {
	case r == '\n', r == '\t', r == '\u200d':
		return false
	case r&0xfffe == 0xfffe:
		return true // noncharacters at the end of each plane
	}
	for _, b := range bans {
		if b[0] <= r && r <= b[1] {
			return true
		}
	}
	return false
}

var bans = [][2]rune{
	{0, 0x1f},
	{0x7f, 0x9f},
	{0xad, 0xad},
	{0x34f, 0x34f},
	{0x61c, 0x61c},
	{0x115f, 0x1160},
	{0x180b, 0x180f},
	{0x200b, 0x200f},
	{0x2028, 0x202e},
	{0x2060, 0x206f},
	{0x3164, 0x3164},
	{0xd800, 0xf8ff},
	{0xfdd0, 0xfdef},
	{0xfe00, 0xfe0d},
	{0xfeff, 0xfeff},
	{0xffa0, 0xffa0},
	{0xfff0, 0xfffb},
	{0xe0000, 0xe0fff},
	{0xf0000, 0x10ffff},
	// Format characters of scripts, musical notation and shorthand.
	{0x600, 0x605},
	{0x6dd, 0x6dd},
	{0x70f, 0x70f},
	{0x890, 0x891},
	{0x8e2, 0x8e2},
	{0x17b4, 0x17b5},
	{0x110bd, 0x110bd},
	{0x110cd, 0x110cd},
	{0x13430, 0x1343f},
	{0x1bca0, 0x1bca3},
	{0x1d173, 0x1d17a},
}
