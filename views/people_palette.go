package views

import (
	tea "charm.land/bubbletea/v2"

	"balie/policy"
)

// peopleEntries are what the palette offers on colleagues, the own account and
// the log.
func peopleEntries(k *kit) []entry {
	t := &k.t.People
	to := func(v func() view) func(string) tea.Cmd {
		return func(string) tea.Cmd { return goTo(v()) }
	}
	return []entry{
		{name: "people", title: t.People, hint: "/jan", act: policy.PersonList, run: func(arg string) tea.Cmd {
			return goTo(newPeople(k, trimSlash(arg)))
		}},
		{name: "person", title: t.Person, hint: "login", act: policy.PersonList, run: k.toPerson},
		{name: "invite", title: t.InviteTitle, act: policy.PersonInvite, run: to(func() view { return newInvite(k) })},
		{name: "leaving", title: k.t.Leaving.Everybody, hint: "login", act: policy.PersonReport, run: k.toLeaving},
		{name: "sessions", title: t.SessionsAll, act: policy.PersonInvite, run: to(func() view { return newSessions(k) })},
		{name: "me", title: t.Profile, run: to(func() view { return newProfile(k) })},
	}
}

// toPerson goes to a colleague by login name; names are known already.
func (k *kit) toPerson(login string) tea.Cmd {
	for _, p := range k.people {
		if p.Login == login {
			return goTo(newPerson(k, p.ID, p.Login))
		}
	}
	return goTo(newPeople(k, login))
}

func trimSlash(arg string) string {
	if len(arg) > 0 && arg[0] == '/' {
		return arg[1:]
	}
	return arg
}
