package paper

import (
	"strings"

	"balie/db"
)

type party struct {
	Endpoint endpoint    `xml:"cbc:EndpointID"`
	Name     string      `xml:"cac:PartyName>cbc:Name"`
	Address  ublAddress  `xml:"cac:PostalAddress"`
	VAT      *partyTax   `xml:"cac:PartyTaxScheme"`
	Legal    legalEntity `xml:"cac:PartyLegalEntity"`
	Contact  *contact    `xml:"cac:Contact"`
}

type endpoint struct {
	Scheme string `xml:"schemeID,attr"`
	ID     string `xml:",chardata"`
}

type ublAddress struct {
	Street   string `xml:"cbc:StreetName,omitempty"`
	City     string `xml:"cbc:CityName,omitempty"`
	Postcode string `xml:"cbc:PostalZone,omitempty"`
	Country  string `xml:"cac:Country>cbc:IdentificationCode"`
}

type partyTax struct {
	ID     string `xml:"cbc:CompanyID"`
	Scheme string `xml:"cac:TaxScheme>cbc:ID"`
}

type legalEntity struct {
	Name string `xml:"cbc:RegistrationName"`
	ID   string `xml:"cbc:CompanyID,omitempty"`
}

type contact struct {
	Name string `xml:"cbc:Name,omitempty"`
	Mail string `xml:"cbc:ElectronicMail,omitempty"`
}

type paymentMeans struct {
	Code    string `xml:"cbc:PaymentMeansCode"` // 30: credit transfer
	ID      string `xml:"cbc:PaymentID"`
	Account string `xml:"cac:PayeeFinancialAccount>cbc:ID"`
}

func (i Invoice) supplier() party {
	s := i.Seller
	p := party{
		Endpoint: endpointOf(s.VAT.String(), s.Mail.String()), Name: s.Name.String(), Address: addressOf(s.Address),
		Legal: legalEntity{s.Name.String(), s.KvK.String()}, VAT: vatOf(s.VAT.String()),
	}
	if !s.Mail.IsZero() {
		p.Contact = &contact{Mail: s.Mail.String()}
	}
	return p
}

func (i Invoice) customer() party {
	p := party{
		Endpoint: endpointOf(i.VATNumber.String(), i.Mail.String()), Name: i.Debtor.String(), Address: addressOf(i.Address),
		Legal: legalEntity{Name: i.Debtor.String()}, VAT: vatOf(i.VATNumber.String()),
	}
	if !i.Attention.IsZero() || !i.Mail.IsZero() {
		p.Contact = &contact{i.Attention.String(), i.Mail.String()}
	}
	return p
}

// endpointOf is the address in the network of electronic invoices: the VAT
// number where there is one, else the mail address.
func endpointOf(vat, mail string) endpoint {
	switch {
	case strings.HasPrefix(vat, "NL"):
		return endpoint{"9944", vat}
	case strings.HasPrefix(vat, "BE"):
		return endpoint{"9925", vat}
	}
	return endpoint{"EM", mail}
}

func vatOf(number string) *partyTax {
	if number == "" {
		return nil
	}
	return &partyTax{number, "VAT"}
}

func addressOf(a db.Address) ublAddress {
	country := a.Country.String()
	if country == "" {
		country = "NL"
	}
	return ublAddress{a.Street.String(), a.City.String(), a.Postcode.String(), country}
}
