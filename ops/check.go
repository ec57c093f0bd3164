package ops

import (
	"slices"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// maxField is the length of a field in bytes (threat 9).
const maxField = 1000

// CheckCustomer brings each field into the form in which it is kept, and says
// which is wrong. country is the organisation's, for numbers without one.
func CheckCustomer(c *db.Customer, country string) error {
	if c.Family.IsZero() {
		return policy.Errorf(policy.Invalid, "A name is needed: fill in the family name, or the company's name.").On("family")
	}
	if !slices.Contains(policy.Statuses, c.Status) {
		return policy.Errorf(policy.Invalid, "Choose a status: lead, customer or former.").On("status")
	}
	for _, check := range []func(*db.Customer, string) error{checkLengths, checkMails, checkPhones, checkAddress, checkNumbers, checkGrounds} {
		if err := check(c, country); err != nil {
			return err
		}
	}
	return nil
}

func checkLengths(c *db.Customer, _ string) error {
	for _, f := range db.Fields {
		if f.Name != "mail" && f.Name != "phone" && len(f.Tell(c)) > maxField {
			return policy.Errorf(policy.Invalid, "This is too long: keep it under %d characters.", maxField).On(f.Name)
		}
	}
	if len(c.Mails) > 20 || len(c.Phones) > 20 || len(c.Tags) > 100 || len(c.Companies) > 100 {
		return policy.Errorf(policy.Invalid, "These are too many: keep at most 20 addresses and numbers.").On("mail")
	}
	return nil
}

func checkMails(c *db.Customer, _ string) error {
	return normalise(c.Mails, "mail", policy.NormalMail)
}

func checkPhones(c *db.Customer, country string) error {
	if own := c.Address.Country.String(); own != "" {
		country = own
	}
	return normalise(c.Phones, "phone", func(s string) (string, error) { return NormalPhone(s, country) })
}

func normalise(values []db.Labelled, field string, normal func(string) (string, error)) error {
	for i, v := range values {
		s, err := normal(v.Value.String())
		if err != nil {
			return onField(err, field)
		}
		values[i].Value = text.New(s)
	}
	return nil
}

// onField names the form's field, where a check knows the value only.
func onField(err error, field string) error {
	if e, ok := err.(*policy.Error); ok {
		return e.On(field)
	}
	return err
}

func checkAddress(c *db.Customer, country string) error {
	a := &c.Address
	if !a.Country.IsZero() {
		code, err := policy.NormalCountry(a.Country.String())
		if err != nil {
			return err
		}
		a.Country, country = text.New(code), code
	}
	if a.Postcode.IsZero() {
		return nil
	}
	code, err := policy.NormalPostal(a.Postcode.String(), country)
	if err != nil {
		return onField(err, "postcode")
	}
	a.Postcode = text.New(code)
	return nil
}

func checkNumbers(c *db.Customer, country string) error {
	registration := policy.NormalKvK
	if own := c.Address.Country.String(); own == "BE" || own == "" && country == "BE" {
		registration = policy.NormalEnterprise
	}
	for _, f := range []struct {
		name   string
		value  *text.Line
		normal func(string) (string, error)
	}{
		{"kvk", &c.KvK, registration},
		{"vat", &c.VAT, policy.NormalVAT},
		{"website", &c.Website, policy.NormalWebsite},
	} {
		if f.value.IsZero() {
			continue
		}
		s, err := f.normal(f.value.String())
		if err != nil {
			return onField(err, f.name)
		}
		*f.value = text.New(s)
	}
	return nil
}

// checkGrounds holds art. 6(1) GDPR: no record without a purpose and its basis.
// Whether the organisation has the purpose, checkGroundsNow says.
func checkGrounds(c *db.Customer, _ string) error {
	if len(c.Grounds) == 0 {
		return policy.Errorf(policy.Invalid, "Say for which purpose and on which basis this is kept (art. 6(1) GDPR).").On("grounds")
	}
	return nil
}
