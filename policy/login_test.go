package policy

import "testing"

func TestCheckLogin(t *testing.T) {
	for _, good := range []string{"sander", "de-vries", "jan2", "fatima_el"} {
		if err := CheckLogin(good); err != nil {
			t.Errorf("CheckLogin(%q) = %v", good, err)
		}
	}
	bad := []string{
		"", "a", "Sander", "2jan", "-jan", "jan de boer", "jan\x1b[2J", "jan\n", "a234567890123456789012345678901234",
		"join", "root", "adm1n", "admin_", "roo-t", "ba1ie",
		"s\u0430nder", "\u0455ander", "ｓander", "sand\u00e9r", "e\u0301va", "sander\u200b", // Cyrillic, full width, marks, invisible
	}
	for _, login := range bad {
		if KindOf(CheckLogin(login)) != Invalid {
			t.Errorf("CheckLogin(%q) accepts it", login)
		}
	}
}

func TestLoginSkeleton(t *testing.T) {
	alike := [][2]string{
		{"alice", "a1ice"},
		{"alice", "aiice"},
		{"marit", "rnarit"},
		{"sander", "sancler"},
		{"jan-de", "jande"},
		{"bob", "b0b"},
		{"wim", "vvim"},
		{"els", "el5"},
		{"jan_", "jan"},
	}
	for _, pair := range alike {
		if LoginSkeleton(pair[0]) != LoginSkeleton(pair[1]) {
			t.Errorf("%q and %q are told apart", pair[0], pair[1])
		}
	}
	if LoginSkeleton("sander") == LoginSkeleton("sanne") || LoginSkeleton("jan") == LoginSkeleton("jans") {
		t.Error("names that differ are taken for one")
	}
}
