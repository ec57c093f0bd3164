package policy

import (
	"slices"
	"strings"
)

// reserved login names would mislead colleagues or logs, or mean something to
// the program.
var reserved = []string{
	"join", "root", "admin", "administrator", "superuser", "system", "sysadmin", "balie", "door", "clock", "founder",
	"support", "help", "helpdesk", "security", "service", "daemon", "backup", "postgres", "nobody", "anonymous", "guest", "test",
}

// CheckLogin says whether a login name may be given: 2 to 32 small ASCII
// letters, digits, - and _, beginning with a letter. One script leaves no room
// for look-alikes of other scripts.
func CheckLogin(login string) error {
	if !wellFormedLogin(login) {
		return Errorf(Invalid, "A login name has 2 to 32 small letters a to z, digits, - or _, and begins with a letter.").On("login")
	}
	if slices.ContainsFunc(reserved, func(r string) bool { return LoginSkeleton(r) == LoginSkeleton(login) }) {
		return Errorf(Invalid, "The login name %q is reserved or looks like one that is: choose another one.", login).On("login")
	}
	return nil
}

func wellFormedLogin(login string) bool {
	if len(login) < 2 || len(login) > 32 || login[0] < 'a' || login[0] > 'z' {
		return false
	}
	for _, c := range []byte(login) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

// LoginSkeleton is the same for login names that look alike: "sander",
// "sancler" and "sander_"; "a1ice" and "alice"; "marit" and "rnarit". Letters
// go before pairs of them, for "c1" is as good a "d" as "cl" is.
func LoginSkeleton(login string) string { return likePairs.Replace(likeLetters.Replace(login)) }

var (
	likeLetters = strings.NewReplacer("-", "", "_", "", "0", "o", "1", "l", "i", "l", "5", "s")
	likePairs   = strings.NewReplacer("rn", "m", "vv", "w", "cl", "d")
)
