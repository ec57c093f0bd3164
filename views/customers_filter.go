package views

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// filterChoice is one way to narrow the list.
type filterChoice struct {
	option
	apply func(*db.Query)
}

func (c *customers) filterChoices() []filterChoice {
	var all []filterChoice
	add := func(kind, value string, apply func(*db.Query)) {
		all = append(all, filterChoice{option{text: kind + ": " + value}, apply})
	}
	for _, s := range policy.Statuses {
		add(c.kit.t.Status, c.kit.t.status(s), func(q *db.Query) { q.Status = s })
	}
	for _, kind := range []policy.CustomerKind{policy.Person, policy.Company} {
		add(c.kit.t.Kind, c.kit.t.company(kind), func(q *db.Query) { q.Kind = kind })
	}
	for _, t := range c.kit.tags {
		add(c.kit.t.TagLabel, text.Clean(t.Name), func(q *db.Query) { q.Tag = t.ID })
	}
	if c.kit.Actor.Role != policy.Sales {
		for _, p := range c.kit.colleagues() {
			add(c.kit.t.Owner, c.kit.colleague(p.ID), func(q *db.Query) { q.Owner = p.ID })
		}
	}
	return append(all, filterChoice{option{text: c.kit.t.NoFilter}, func(q *db.Query) { *q = db.Query{Sort: q.Sort, Limit: q.Limit} }})
}

func (c *customers) chooseFilter() tea.Cmd {
	all := c.filterChoices()
	options := make([]option, len(all))
	for i, f := range all {
		options[i] = f.option
	}
	return show(newChoose(c.kit, c.kit.t.FilterBy, options, func(i int) tea.Cmd {
		all[i].apply(&c.query)
		return c.again()
	}))
}

// colleagues are all, by name.
func (k *kit) colleagues() []db.Colleague {
	var all []db.Colleague
	for _, p := range k.people {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b db.Colleague) int {
		return strings.Compare(k.colleague(a.ID)+a.Login, k.colleague(b.ID)+b.Login)
	})
	return all
}

// filterWords say what the list is narrowed to.
func (c *customers) filterWords() string {
	var words []string
	if c.query.Kind != 0 {
		words = append(words, c.kit.t.company(c.query.Kind))
	}
	if c.query.Status != 0 {
		words = append(words, c.kit.t.status(c.query.Status))
	}
	if c.query.Owner != 0 {
		words = append(words, c.kit.t.Owner+" "+c.kit.colleague(c.query.Owner))
	}
	if c.query.Tag != 0 {
		words = append(words, c.kit.t.Tag+" "+c.kit.tagName(c.query.Tag))
	}
	return strings.Join(words, " · ")
}

func (k *kit) tagName(id int32) string {
	for _, t := range k.tags {
		if t.ID == id {
			return text.Clean(t.Name)
		}
	}
	return "#" + k.num(int(id))
}

// filter reads a line of the palette: tag=nl owner=sander sort=activity /jan.
// What it doesn't know is told, not skipped in silence.
func (c *customers) filter(line string) (unknown []string) {
	words, search, _ := strings.Cut(" "+line, "/")
	c.in.set(strings.TrimSpace(search))
	for _, word := range strings.Fields(words) {
		key, value, _ := strings.Cut(word, "=")
		if !c.filterWord(key, value) {
			unknown = append(unknown, word)
		}
	}
	return unknown
}

func (c *customers) filterWord(key, value string) bool {
	switch key {
	case "tag", "label":
		i := slices.IndexFunc(c.kit.tags, func(t db.Tag) bool { return strings.EqualFold(t.Name, value) })
		if i >= 0 {
			c.query.Tag = c.kit.tags[i].ID
		}
		return i >= 0
	case "owner", "eigenaar":
		for id, p := range c.kit.people {
			if p.Login == value {
				c.query.Owner = id
				return true
			}
		}
		return false
	case "status":
		s, err := policy.ParseStatus(value)
		c.query.Status = s
		return err == nil
	case "kind", "soort":
		kind, ok := map[string]policy.CustomerKind{
			"person": policy.Person, "persoon": policy.Person, "company": policy.Company, "bedrijf": policy.Company,
		}[value]
		c.query.Kind = kind
		return ok
	case "sort":
		ok := slices.Contains(db.Sorts, db.Sort(value))
		if ok {
			c.query.Sort = db.Sort(value)
		}
		return ok
	}
	return false
}
