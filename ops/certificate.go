package ops

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Certificate says what an erasure took and what stayed, why and until when. It
// names nobody: the number is all that is left of the customer.
type Certificate struct {
	Organisation string              `json:"organisation"`
	Subject      int64               `json:"subject"`
	Kind         string              `json:"kind"` // person or company
	At           time.Time           `json:"erased_at"`
	By           string              `json:"erased_by,omitempty"` // the officer's login name; "": the program, by the rule
	Rule         string              `json:"rule,omitempty"`
	Erased       []CertifiedCount    `json:"erased"`
	Kept         []CertifiedKept     `json:"kept"`
	Recipients   []CertifiedReceiver `json:"recipients,omitempty"` // to be told: art. 19 GDPR
}

// CertifiedCount is how many of a kind were erased; the kinds are names of
// tables.
type CertifiedCount struct {
	What string `json:"what"`
	N    int64  `json:"n"`
}

// CertifiedKept is something that stays.
type CertifiedKept struct {
	What   KeptKind `json:"what"`
	Name   string   `json:"name,omitempty"`    // an invoice's number
	N      int      `json:"n,omitempty"`       // of several alike
	Ground string   `json:"ground"`            // the article
	Until  string   `json:"through,omitempty"` // a date; "": as long as its purpose asks
}

// CertifiedReceiver is one to whom the data went before.
type CertifiedReceiver struct {
	At  time.Time  `json:"at"`
	By  string     `json:"by"`
	How policy.Act `json:"how"`
}

// KeptKind is what can stay after an erasure.
type KeptKind string

// What can stay.
const (
	KeptInvoice     KeptKind = "invoice"
	KeptUnpaid      KeptKind = "unpaid invoice"
	KeptPast        KeptKind = "past invoices" // of another system
	KeptSuppression KeptKind = "suppression"
	KeptLog         KeptKind = "log"
)

// certificateKind stands before what is signed, so that the signature of
// something else never fits.
const certificateKind = "balie erasure certificate 1"

// signedCertificate is the certificate as a file.
type signedCertificate struct {
	Kind        string          `json:"kind"`
	Certificate json.RawMessage `json:"certificate"`
	Public      string          `json:"public_key"`
	Signature   string          `json:"signature"`
}

func certificateMessage(c []byte) []byte { return append([]byte(certificateKind+"\n"), c...) }

// sign writes the certificate as a file that anybody can check.
func (c Certificate) sign(public ed25519.PublicKey, sign func([]byte) []byte) ([]byte, error) {
	body, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	return json.Marshal(signedCertificate{
		certificateKind, body, hex.EncodeToString(public), hex.EncodeToString(sign(certificateMessage(body))),
	})
}

var errCertificate = policy.Errorf(policy.Conflict, "This is no certificate of an erasure as it was signed: it was edited, or is something else.")

// ReadCertificate reads a certificate and checks its signature, with key, or
// with the one that it names for a nil key: then who made it is unproven.
func ReadCertificate(file []byte, key ed25519.PublicKey) (c Certificate, err error) {
	var s signedCertificate
	if json.Unmarshal(file, &s) != nil || s.Kind != certificateKind {
		return c, errCertificate
	}
	public, wrong := hex.DecodeString(s.Public)
	signature, also := hex.DecodeString(s.Signature)
	if wrong != nil || also != nil || len(public) != ed25519.PublicKeySize || key != nil && !key.Equal(ed25519.PublicKey(public)) ||
		!ed25519.Verify(public, certificateMessage(s.Certificate), signature) {
		return c, errCertificate
	}
	if json.Unmarshal(s.Certificate, &c) != nil {
		return c, errCertificate
	}
	return c, nil
}

// erasureRecord is what is kept about an erasure: why the officer did it, which
// may name somebody and is in no certificate, and the certificate.
type erasureRecord struct {
	Reason      text.Line       `json:"reason,omitzero"`
	Certificate json.RawMessage `json:"certificate"`
}

const (
	groundTax      = "art. 17(3)(b) GDPR, art. 52(4) AWR"
	groundClaim    = "art. 17(3)(b), (e) GDPR, art. 52(4) AWR"
	groundSuppress = "art. 6(1)(f), 21(3) GDPR"
	groundLog      = "art. 5(2), 32 GDPR"
)

func keptPast(p db.PastKept) []CertifiedKept {
	if p.N == 0 {
		return nil
	}
	return []CertifiedKept{{What: KeptPast, N: p.N, Ground: groundTax, Until: p.Through.Format(time.DateOnly)}}
}

// kept is what stays after an erasure by plan.
func kept(p db.ErasurePlan) []CertifiedKept {
	var all []CertifiedKept
	for _, i := range p.Stays {
		k := CertifiedKept{What: KeptInvoice, Name: i.Name(), Ground: groundTax, Until: i.KeptThrough.Format(time.DateOnly)}
		if i.Owed() {
			k.What, k.Ground = KeptUnpaid, groundClaim
		}
		all = append(all, k)
	}
	all = append(all, keptPast(p.Past)...)
	if p.Marks > 0 {
		all = append(all, CertifiedKept{What: KeptSuppression, N: p.Marks, Ground: groundSuppress})
	}
	return append(all, CertifiedKept{What: KeptLog, Ground: groundLog})
}
