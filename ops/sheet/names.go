package sheet

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// middle is a column that holds second given names in some files and "van der"
// in others: Outlook has no place for a Dutch prefix.
const middle Field = "middle"

// aliases are the names of columns as Google Contacts, Outlook, HubSpot and
// people's own spreadsheets have them, in the form that key makes of them.
var aliases = invert(map[Field]string{
	FullName: "fullname name naam volledigenaam contactpersoon contact contactname contactnaam displayname weergavenaam",
	Given:    "given givenname firstname first voornaam voornamen roepnaam",
	middle:   "middlename middelstenaam additionalname tweedenaam",
	Prefix:   "tussenvoegsel tussenvoegsels tussenv tussenvgsl voorvoegsel voorvoegsels infix surnameprefix lastnameprefix",
	Family:   "family familyname lastname last surname achternaam familienaam",
	Company: "company companyname bedrijf bedrijfsnaam firma firmanaam organisatie organisatienaam organization " +
		"organisation organizationname organisationname onderneming werkgever account accountname " +
		"primaryassociatedcompany associatedcompany",
	Role: "role functie functietitel functieomschrijving rol jobtitle position organizationtitle",
	Mail: "mail mails email emails emailadres emailadressen mailadres emailaddress mailaddress emailvalue " +
		"emailaddresses primaryemail workemail additionalemailaddresses emailzakelijk zakelijkemail emailwerk emailprive nonprimaryemails nonprimaryemailsforimport",
	Phone: "phone phones phonenumber telephone telephonenumber tel telnr telefoon telefoonnummer telefoonnr phonevalue " +
		"mobile mobilephone mobilenumber mobilephonenumber cell cellphone cellphonenumber mobiel mobielnummer mobieltelefoonnummer mobieletelefoon " +
		"gsm gsmnummer businessphone workphone homephone otherphone carphone companymainphone primaryphone " +
		"telefoonopwerk telefoonthuis telefoonwerk telefoonprive telefoonzakelijk telefoonmobiel anderetelefoon overigetelefoon " +
		"autotelefoon hoofdtelefoon hoofdtelefoonbedrijf primairetelefoon vastnummer vastetelefoon " +
		"home officephone phoneoffice phonemobile phonework phonehome phoneother phonealternate alternatephone",
	HouseNumber: "housenumber huisnummer huisnr toevoeging huisnummertoevoeging busnummer",
	Language:    "language preferredlanguage taal voorkeurstaal taalcode",
	Website:     "website websites webpage webpagina webadres homepage url websiteurl websitevalue companydomainname internetadres",
	KvK:         "kvk kvknummer kvknr chamberofcommerce cocnumber kamervankoophandel handelsregisternummer ondernemingsnummer",
	VAT:         "vat vatnumber vatid vatno btw btwnummer btwnr btwid taxid",
	Status:      "status lifecyclestage klantstatus",
	Owner:       "owner contactowner companyowner assignedto assignedusername eigenaar accountmanager accounthouder relatiebeheerder verantwoordelijke",
	Tags: "tags tag labels label groups groepen groep groupmembership categories categorie categorieen category " +
		"trefwoorden keywords etiketten",
	Note:      "note notes notitie notities opmerking opmerkingen remarks comment comments memo toelichting bijzonderheden aantekeningen description omschrijving",
	CompanyID: "companyid accountid associatedcompanyids associatedcompanyidsprimary primaryassociatedcompanyid",
	SourceID:  "sourceid recordid contactid externalid externeid klantnummer klantnr relatienummer relatienr debiteurnummer customerid",
})

// weak aliases count only while no better column has their field.
var weak = invert(map[Field]string{
	Prefix:      "prefix", // or Mr. and Mrs., by what is in it
	FullName:    "klant klantnaam customer customername relatie relatienaam fileas",
	Given:       "voorletters initialen initials",
	Role:        "title occupation beroep",
	Status:      "leadstatus stage fase",
	HouseNumber: "nr no nummer bus",
	SourceID:    "id",
})

// addresses are the parts of an address. A file can hold several addresses;
// which one a column belongs to is said before or behind the part.
var addresses = invert(map[Field]string{
	Street: "street streetaddress addressstreet address addressline straat straatnaam straatenhuisnummer straatennummer " +
		"adres adresregel adresstraat",
	HouseNumber: "housenumber huisnummer huisnr toevoeging huisnummertoevoeging busnummer",
	Postcode:    "postcode postalcode zip zipcode postalzipcode addresspostalcode adrespostcode",
	City:        "city town plaats plaatsnaam woonplaats stad gemeente addresscity locality adresplaats",
	Country:     "country countryregion land landcode countrycode landregio addresscountry adresland",
})

var addressBefore = []struct{ begin, group string }{
	{"business", "work"},
	{"work", "work"},
	{"werk", "work"},
	{"bezoek", "work"},
	{"vestigings", "work"},
	{"home", "home"},
	{"huis", "home"},
	{"prive", "home"},
	{"other", "other"},
	{"ander", "other"},
	{"post", "other"},
	{"factuur", "billing"},
	{"billing", "billing"},
	{"shipping", "shipping"},
	{"mailing", "other"},
	{"primary", "main"},
	{"alternate", "other"},
	{"alt", "other"},
}

var addressBehind = []struct{ end, group string }{
	{"werk", "work"},
	{"zakelijk", "work"},
	{"work", "work"},
	{"thuis", "home"},
	{"prive", "home"},
	{"home", "home"},
	{"anders", "other"},
}

func invert(names map[Field]string) map[string]Field {
	byName := make(map[string]Field)
	for f, list := range names {
		for name := range strings.FieldsSeq(list) {
			byName[name] = f
		}
	}
	return byName
}

// key takes case, accents, punctuation and numbers off a name; the first
// number comes back apart: "E-mail 2 - Value" is emailvalue, 2.
func key(name string) (letters string, number int) {
	var b strings.Builder
	counted := false
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.IsLetter(r):
			b.WriteRune(unicode.ToLower(r))
			counted = counted || number > 0
		case r >= '0' && r <= '9' && !counted && number < 1000:
			number = number*10 + int(r-'0')
		}
	}
	return b.String(), number
}
