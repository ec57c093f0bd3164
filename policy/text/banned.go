package text

import "unicode"

// textLook and emojiLook choose between a pictograph's two looks. The other variation
// selectors are invisible bytes in disguise.
const textLook, emojiLook = '\ufe0e', '\ufe0f'

// invisible are the categories that a terminal obeys, hides or can't show the
// same for everybody: controls, format characters (bidi, zero width, tags,
// soft hyphen, annotation), surrogates, line and paragraph separators, fillers
// and noncharacters. Private use is among them because its look depends on the
// reader's font, so it can pass for the program's own marks. Unassigned code
// points stay, or this year's emoji would be lost until the next Go.
var invisible = []*unicode.RangeTable{
	unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp,
	unicode.Noncharacter_Code_Point, unicode.Other_Default_Ignorable_Code_Point,
	unicode.Variation_Selector, tags,
}

var tags = &unicode.RangeTable{R32: []unicode.Range32{{Lo: 0xe0000, Hi: 0xe0fff, Stride: 1}}}

// banned says that r is never shown. A joiner is banned too: the cleaner asks
// about it before.
func banned(r rune) bool {
	return r != textLook && r != emojiLook && unicode.In(r, invisible...)
}

// pictographs are the blocks whose runes take part in emoji sequences.
var pictographs = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x2190, Hi: 0x21ff, Stride: 1},
		{Lo: 0x2300, Hi: 0x23ff, Stride: 1},
		{Lo: 0x25a0, Hi: 0x27bf, Stride: 1},
		{Lo: 0x2b00, Hi: 0x2bff, Stride: 1},
	},
	R32: []unicode.Range32{{Lo: 0x1f000, Hi: 0x1faff, Stride: 1}},
}

func pictograph(r rune) bool { return unicode.Is(pictographs, r) }
