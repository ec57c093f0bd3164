package policy

import (
	"strings"
	"testing"
)

// twins are letters of other scripts that look like a small ASCII one in most
// fonts (Unicode's confusables).
var twins = map[rune]string{
	'a': "аɑα𝐚ａ", 'b': "Ьｂ𝐛", 'c': "сϲｃ", 'd': "ԁｄ𝐝", 'e': "еҽｅ", 'g': "ɡց", 'h': "һհ", 'i': "іӏıｉ", 'j': "јϳ",
	'k': "κкｋ", 'l': "ⅼӏ|Ι", 'm': "ⅿｍ", 'n': "ոｎ", 'o': "оοօσ", 'p': "рρ", 'q': "ԛզ", 'r': "гⲅ", 's': "ѕꜱ", 't': "τｔ",
	'u': "υս", 'v': "νѵ", 'w': "ԝѡ", 'x': "хⅹ", 'y': "уү", 'z': "ᴢｚ",
}

// invisible are runes that show nothing, or nearly.
var invisible = []rune{0x00AD, 0x034F, 0x061C, 0x115F, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x202E, 0x2060, 0x2066, 0xFE0F, 0xFEFF, 0xE0061, 0x0301, 0x0307, 0x20E3}

// TestCheckLogin_lookAlikes: of each pair the second looks like the first and
// may not be given (threat 29).
func TestCheckLogin_lookAlikes(t *testing.T) {
	const names = "sander abdel chris fatima hugo joke kim petra quinten victor wouter xenia yvonne zoe"
	pairs := 0
	wrong := func(name, like string) {
		pairs++
		if err := CheckLogin(name); err != nil {
			t.Fatalf("control: %q itself is refused: %v", name, err)
		}
		if KindOf(CheckLogin(like)) != Invalid {
			t.Errorf("%q (%+q) passes beside %q", like, like, name)
		}
	}
	for name := range strings.FieldsSeq(names) {
		for i, r := range name {
			for _, twin := range twins[r] {
				wrong(name, name[:i]+string(twin)+name[i+1:])
			}
		}
	}
	for _, r := range invisible {
		wrong("sander", "san"+string(r)+"der")
		wrong("sander", "sander"+string(r))
	}
	if pairs < 200 {
		t.Errorf("only %d pairs", pairs)
	}
	t.Logf("%d pairs", pairs)
}

// ascii are the ways to write one login name like another within ASCII. The
// longer one comes first, so that each place is tried once.
var ascii = [][2]string{{"rn", "m"}, {"vv", "w"}, {"cl", "d"}, {"0", "o"}, {"1", "l"}, {"1", "i"}, {"l", "i"}, {"5", "s"}}

// TestLoginSkeleton_lookAlikes makes all likenesses of many names, and the
// likenesses of these, and holds that unlike names stay apart.
func TestLoginSkeleton_lookAlikes(t *testing.T) {
	names := strings.Fields(`alice bob carla claire dirk els frits gijs hilde ilse jolanda bernard arnout loes marit noor
		otto piet quirine rosa simon toos ursula vera willem xander ymke zwaan dominique maximiliaan willemijn`)
	pairs := map[[2]string]bool{}
	for _, name := range names {
		for like := range likenesses(name) {
			pairs[[2]string{name, like}] = true
			for second := range likenesses(like) {
				pairs[[2]string{name, second}] = true
			}
		}
	}
	for pair := range pairs {
		if LoginSkeleton(pair[0]) != LoginSkeleton(pair[1]) {
			t.Errorf("%q and %q are told apart", pair[0], pair[1])
		}
	}
	if len(pairs) < 200 {
		t.Errorf("only %d pairs", len(pairs))
	}
	t.Logf("%d pairs", len(pairs))
	seen := map[string]string{}
	for _, name := range names {
		if other, ok := seen[LoginSkeleton(name)]; ok {
			t.Errorf("%q and %q are taken for one", name, other)
		}
		seen[LoginSkeleton(name)] = name
	}
}

// likenesses changes each place of a name that can be, and puts a dash or a
// line between each two letters.
func likenesses(name string) map[string]bool {
	out := map[string]bool{}
	for i := range name {
		for _, pair := range ascii {
			for _, p := range [][2]string{pair, {pair[1], pair[0]}} {
				if rest, ok := strings.CutPrefix(name[i:], p[0]); ok {
					out[name[:i]+p[1]+rest] = true
				}
			}
		}
		if i > 0 {
			out[name[:i]+"-"+name[i:]], out[name[:i]+"_"+name[i:]] = true, true
		}
	}
	return out
}
