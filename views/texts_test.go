package views

import (
	"reflect"
	"regexp"
	"slices"
	"testing"

	"balie/db"
	"balie/policy"
)

// TestTexts finds words that a language lacks, and formats whose verbs differ
// between languages: an argument would be lost or shown as %!s.
func TestTexts(t *testing.T) {
	en, nl := reflect.ValueOf(*englishTexts()), reflect.ValueOf(*dutchTexts())
	same := 0
	compareTexts(t, "", en, nl, &same)
	if same > 150 {
		t.Errorf("%d texts are the same in both languages: was one copied?", same)
	}
}

var anyVerb = regexp.MustCompile(`%(\[\d\])?[a-z]`)

func compareTexts(t *testing.T, path string, en, nl reflect.Value, same *int) {
	switch en.Kind() {
	case reflect.Struct:
		for i := range en.NumField() {
			compareTexts(t, path+"."+en.Type().Field(i).Name, en.Field(i), nl.Field(i), same)
		}
	case reflect.Array, reflect.Slice:
		for i := range en.Len() {
			compareTexts(t, path, en.Index(i), nl.Index(i), same)
		}
	case reflect.Map:
		if en.Len() == 0 { // the English words are the keys
			for _, key := range nl.MapKeys() {
				compareText(t, path, key.String(), nl.MapIndex(key).String(), same)
			}
			return
		}
		if en.Len() != nl.Len() {
			t.Errorf("%s has %d entries in English, %d in Dutch", path, en.Len(), nl.Len())
		}
		for _, key := range en.MapKeys() {
			if v := nl.MapIndex(key); v.IsValid() {
				compareTexts(t, path, en.MapIndex(key), v, same)
			} else {
				t.Errorf("%s lacks %v in Dutch", path, key)
			}
		}
	case reflect.String:
		compareText(t, path, en.String(), nl.String(), same)
	case reflect.Func: // tested by what uses it
	default:
		t.Errorf("%s is a %s, which this test doesn't know", path, en.Kind())
	}
}

func compareText(t *testing.T, path, en, nl string, same *int) {
	if en == "" || nl == "" {
		t.Errorf("%s is empty: %q, %q", path, en, nl)
	}
	if en == nl {
		*same++
	}
	a, b := anyVerb.FindAllString(en, -1), anyVerb.FindAllString(nl, -1)
	slices.Sort(a)
	slices.Sort(b)
	if !slices.Equal(a, b) {
		t.Errorf("%s has other verbs: %q, %q", path, en, nl)
	}
}

// TestTexts_Names finds a thing of policy or db without a name.
func TestTexts_Names(t *testing.T) {
	for _, texts := range []*Texts{englishTexts(), dutchTexts()} {
		for _, r := range policy.Roles {
			wantName(t, string(r), texts.role(r))
		}
		for _, s := range policy.Statuses {
			wantName(t, s.String(), texts.status(s))
		}
		for _, b := range policy.Bases {
			wantName(t, string(b), texts.Bases[b])
		}
		for _, s := range db.Sorts {
			wantName(t, string(s), texts.sort(s))
		}
		for _, f := range db.Fields {
			wantName(t, f.Name, texts.Fields[f.Name])
		}
	}
}

func wantName(t *testing.T, what, name string) {
	t.Helper()
	if name == "" {
		t.Errorf("%s has no name", what)
	}
}
