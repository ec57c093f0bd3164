package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"balie/policy/text"
)

// RequestKind is what a data subject asks for.
type RequestKind string

// The kinds, by the article of the GDPR that gives the right.
const (
	Access        RequestKind = "access"
	Rectification RequestKind = "rectification"
	Erasure       RequestKind = "erasure"
	Restriction   RequestKind = "restriction"
	Portability   RequestKind = "portability"
	Objection     RequestKind = "objection"
)

// RequestKinds are all, in the order of their articles.
var RequestKinds = []RequestKind{Access, Rectification, Erasure, Restriction, Portability, Objection}

// Article is the number of the article that gives the right.
func (k RequestKind) Article() int {
	return map[RequestKind]int{Access: 15, Rectification: 16, Erasure: 17, Restriction: 18, Portability: 20, Objection: 21}[k]
}

// ParseRequestKind reads a kind as it is typed, or the number of its article.
func ParseRequestKind(s string) (RequestKind, error) {
	for _, k := range RequestKinds {
		if s == string(k) || s == strconv.Itoa(k.Article()) {
			return k, nil
		}
	}
	return "", Errorf(Invalid, "There is no right %q: use access, rectification, erasure, restriction, portability or objection.", text.Clean(s)).On("kind")
}

// RequestChannel is how a request came in. No form may be asked for: art. 12(2)
// GDPR.
type RequestChannel string

// RequestChannels are all.
var RequestChannels = []RequestChannel{"mail", "phone", "letter", "website", "in person", "other"}

// CheckRequestChannel says whether it is one of those.
func CheckRequestChannel(c RequestChannel) error {
	if slices.Contains(RequestChannels, c) {
		return nil
	}
	return Errorf(Invalid, "A request comes by mail, phone, letter, website, in person or other.").On("channel")
}

// RequestDecision is what a request came to.
type RequestDecision string

// The decisions.
const (
	NoDecision RequestDecision = ""
	Granted    RequestDecision = "granted"
	Partly     RequestDecision = "partly"
	Refused    RequestDecision = "refused"
	CalledOff  RequestDecision = "withdrawn" // by who asked
)

// RefusalGround is why a request is refused, wholly or for a part.
type RefusalGround string

// The grounds.
const (
	Unfounded    RefusalGround = "unfounded"
	Excessive    RefusalGround = "excessive"
	Unidentified RefusalGround = "unidentified"
	LegalDuty    RefusalGround = "duty"
	LegalClaims  RefusalGround = "claims"
	OthersRights RefusalGround = "others"
	Unmet        RefusalGround = "unmet"
)

// RefusalGrounds are all, in the order in which they are offered.
var RefusalGrounds = []RefusalGround{Unidentified, Unfounded, Excessive, OthersRights, LegalDuty, LegalClaims, Unmet}

// Said is the ground in a sentence, with its article.
func (g RefusalGround) Said() Message {
	return map[RefusalGround]Message{
		Unfounded:    {Key: "The request is manifestly unfounded (art. 12(5)(b) GDPR); who refuses has to show it."},
		Excessive:    {Key: "The request is excessive, above all by repetition (art. 12(5)(b) GDPR); who refuses has to show it."},
		Unidentified: {Key: "It can't be established that the request comes from the person concerned (art. 11(2) and 12(2) GDPR)."},
		LegalDuty:    {Key: "A legal duty requires the data to be kept (art. 17(3)(b) GDPR)."},
		LegalClaims:  {Key: "The data are needed for legal claims (art. 17(3)(e), 18(2) and 21(1) GDPR)."},
		OthersRights: {Key: "It would harm the rights and freedoms of others (art. 15(4) and 20(4) GDPR)."},
		Unmet:        {Key: "The conditions of the right are not met."},
	}[g]
}

// CheckGround says whether it is one of those.
func CheckGround(g RefusalGround) error {
	if slices.Contains(RefusalGrounds, g) {
		return nil
	}
	return Errorf(Invalid, "Choose a ground: unidentified, unfounded, excessive, others, duty, claims or unmet.").On("ground")
}

// Identity is how far it is known that a request comes from the person concerned.
type Identity string

// The states of the check.
const (
	IdentityOpen   Identity = "open"
	IdentityProven Identity = "proven"
	IdentityFailed Identity = "failed"
)

// RequestName is the number as people say it: 2026-031.
func RequestName(year, number int32) string { return fmt.Sprintf("%d-%03d", year, number) }

// ParseRequestName reads 2026-031, also with a # before it.
func ParseRequestName(s string) (year, number int32, err error) {
	y, n, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(s), "#"), "-")
	a, errY := strconv.ParseInt(y, 10, 32)
	b, errN := strconv.ParseInt(n, 10, 32)
	if !ok || errY != nil || errN != nil || a < 2000 || b < 1 {
		return 0, 0, Errorf(Invalid, "The number of a request is its year and its place in it, as 2026-031.").On("request")
	}
	return int32(a), int32(b), nil
}
