package db

import (
	"cmp"
	"slices"

	"balie/policy"
)

// Joined is what becomes of two customers if nobody chooses otherwise: the first
// one's fields, what it lacks from the second, and of what one can have several,
// all.
func Joined(winner, loser Customer) Customer {
	c := winner
	for _, f := range AllFields(&winner, &loser) {
		if f.Tell(&c) == "" {
			f.Copy(&c, &loser)
		}
	}
	both(&c, &loser)
	if c.Elsewhere.IsZero() {
		c.Elsewhere = loser.Elsewhere
	}
	if c.Status != policy.Client && loser.Status == policy.Client {
		c.Status = policy.Client
	}
	return c
}

// Several are the fields of which a customer can have more than one.
var Several = []string{"mail", "phone", "grounds", "tags", "companies"}

// Both adds to a customer what another has more of in one of Several.
func Both(field string, to, from *Customer) {
	one := Customer{Grounds: to.Grounds, Tags: to.Tags, Companies: to.Companies}
	one.Mails, one.Phones = to.Mails, to.Phones
	both(&one, from)
	for _, f := range Fields {
		if f.Name == field {
			f.Copy(to, &one)
		}
	}
}

func both(to, from *Customer) {
	to.Mails = union(to.Mails, from.Mails, func(l Labelled) string { return policy.MailKey(l.Value.String()) })
	to.Phones = union(to.Phones, from.Phones, func(l Labelled) string { return l.Value.String() })
	to.Grounds = union(to.Grounds, from.Grounds, func(g policy.Ground) policy.Purpose { return g.Purpose })
	to.Tags = union(to.Tags, from.Tags, func(t int32) int32 { return t })
	slices.Sort(to.Tags)
	to.Companies = union(to.Companies, from.Companies, func(m Membership) int64 { return m.Company })
	slices.SortFunc(to.Grounds, func(a, b policy.Ground) int { return cmp.Compare(a.Purpose, b.Purpose) })
	mainOnce(to.Companies)
}

// union is a with those of b that it lacks.
func union[T any, K comparable](a, b []T, key func(T) K) []T {
	out := slices.Clone(a)
	for _, x := range b {
		if !slices.ContainsFunc(out, func(y T) bool { return key(y) == key(x) }) {
			out = append(out, x)
		}
	}
	return out
}

// mainOnce leaves one company the main one.
func mainOnce(ms []Membership) {
	found := false
	for i := range ms {
		ms[i].Main = ms[i].Main && !found
		found = found || ms[i].Main
	}
}
