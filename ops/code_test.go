package ops

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// A phone reads from the URL what the door checks, though it says nothing that
// is so by default.
func TestNewSecret_URL(t *testing.T) {
	secret, url, err := newSecret("sofie-2_b")
	if err != nil {
		t.Fatal(err)
	}
	key, err := otp.NewKeyFromURL(url.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	if key.Issuer() != "balie" || key.AccountName() != "sofie-2_b" || key.Type() != "totp" {
		t.Errorf("issuer %q, account %q, type %q", key.Issuer(), key.AccountName(), key.Type())
	}
	now := time.Unix(1_800_000_000, 0)
	opts := totp.ValidateOpts{Period: uint(key.Period()), Digits: key.Digits(), Algorithm: key.Algorithm()}
	phone, err := totp.GenerateCodeCustom(key.Secret(), now, opts)
	if err != nil {
		t.Fatal(err)
	}
	door, err := totp.GenerateCode(secret.Reveal(), now)
	if err != nil {
		t.Fatal(err)
	}
	if phone != door {
		t.Errorf("the phone shows %s, the door wants %s", phone, door)
	}
	for _, needless := range []string{"algorithm", "digits", "period"} {
		if strings.Contains(url.Reveal(), needless) {
			t.Errorf("%s makes the QR code larger: %s", needless, url.Reveal())
		}
	}
}
