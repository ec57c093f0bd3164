package ops

import (
	"bytes"
	"slices"
)

type tampering struct {
	file []byte
	want string
}

// tampered changes the lines of a record: 1 is its head, 2 the review, from 3
// on its grants.
func tampered(file []byte) map[string]tampering {
	change := func(fn func([][]byte) [][]byte) []byte {
		return bytes.Join(fn(bytes.Split(bytes.Clone(file), []byte("\n"))), []byte("\n"))
	}
	return map[string]tampering{
		"a decision edited": {
			change(func(l [][]byte) [][]byte {
				l[3] = bytes.Replace(l[3], []byte(`"decision":"revoke"`), []byte(`"decision":"confirm"`), 1)
				return l
			}), "Line 4 was edited: sofie sales.",
		},
		"a grant cut out":          {change(func(l [][]byte) [][]byte { return slices.Delete(l, 3, 4) }), "A line was cut out before line 4."},
		"a grant twice":            {change(func(l [][]byte) [][]byte { return slices.Insert(l, 4, l[3]) }), "Line 5 is not in its place: a line was moved or copied."},
		"a grant added":            {change(func(l [][]byte) [][]byte { return slices.Insert(l, 4, []byte(`{"grant":9},`)) }), "Line 5 was added later."},
		"two grants exchanged":     {change(func(l [][]byte) [][]byte { l[2], l[3] = l[3], l[2]; return l }), "Line 3 is not in its place: a line was moved or copied."},
		"the last steps cut off":   {change(func(l [][]byte) [][]byte { return slices.Delete(l, len(l)-4, len(l)-2) }), "2 lines at the end were cut off."},
		"the signature taken away": {change(func(l [][]byte) [][]byte { return l[:len(l)-2] }), "The last line was edited or cut off: there is no signature."},
		"another file":             {[]byte("naam,rol\nsofie,sales\n"), "Line 1 was edited, or this is no signed record of this kind: it begins otherwise."},
	}
}
