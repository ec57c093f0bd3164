package sample

import (
	"slices"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// lookalikes are two whom one may take for one.
func (f *Firm) lookalikes(c Case, i int) (Pair, bool) {
	if c.Company != nil && i%3 == 0 {
		return f.likeCompany(c, i/3)
	}
	if c.Company != nil && len(c.People) > 1 {
		return Pair{c.People[0], c.People[1], false, "colleagues"}, c.People[0].Name() != c.People[1].Name()
	}
	if len(c.People) == 0 || c.Company != nil {
		return Pair{}, false
	}
	return f.likePerson(c.People[0], i)
}

// likePerson is somebody of the same house or of the same name.
func (f *Firm) likePerson(one *db.New, i int) (Pair, bool) {
	other := f.person(f.place())
	switch i % 4 {
	case 0: // partners share the telephone, some the mail
		other.Prefix, other.Family, other.Address = one.Prefix, one.Family, one.Address
		other.Phones = slices.Clone(one.Phones)
		if f.chance(0.3) {
			other.Mails = slices.Clone(one.Mails)
		}
		return Pair{one, other, false, "one house"}, other.Given != one.Given
	case 1: // children live there too, with a mail address of their own
		other.Prefix, other.Family, other.Address = one.Prefix, one.Family, one.Address
		return Pair{one, other, false, "family"}, other.Given != one.Given
	case 2: // who moved in after somebody else
		other.Address = one.Address
		return Pair{one, other, false, "one address"}, other.Family != one.Family
	}
	other.Head = one.Head
	other.Address.City = one.Address.City
	return Pair{one, other, false, "namesakes in one town"}, other.Address.Street != one.Address.Street
}

// likeCompany is another company of the same people or house.
func (f *Firm) likeCompany(c Case, i int) (Pair, bool) {
	one, other := c.Company, f.company(f.place())
	switch i % 3 {
	case 0:
		other.Address = one.Address
		return Pair{one, other, false, "companies in one house"}, true
	case 1: // a holding, with its own registration
		other.Family = text.New(one.Family.String() + " Holding")
		other.Address, other.Phones = one.Address, slices.Clone(one.Phones)
		return Pair{one, other, false, "holding"}, true
	}
	other.Family = one.Family
	return Pair{one, other, false, "companies of one name"}, other.KvK != one.KvK && other.Kind == policy.Company
}
