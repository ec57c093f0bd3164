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
	if c.cond != "" {
		words = append(words, cut(c.words(), 60))
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

// filter narrows the list by a line of the palette: tag=nl owner=sander
// sort=activity /jan.
func (c *customers) filter(line string) error {
	f, err := policy.ParseFilter(policy.ContactList, line, policy.AnyField)
	if err != nil {
		return err
	}
	c.in.set(f.Text)
	if f.Sort != "" {
		c.query.Sort = db.Sort(f.Sort)
	}
	f.Text, f.Sort = "", ""
	c.cond = f.String()
	c.query.Where = c.cond
	return nil
}

// present is the list as it is narrowed, in whichever way.
func (c *customers) present() (string, []string) {
	var words []string
	add := func(field, value string) { words = append(words, field+`="`+value+`"`) }
	if c.query.Kind != 0 {
		add("kind", c.query.Kind.String())
	}
	if c.query.Status != 0 {
		add("status", c.query.Status.String())
	}
	if c.query.Owner != 0 {
		add("owner", c.kit.people[c.query.Owner].Login)
	}
	if c.query.Tag != 0 {
		add("tag", c.kit.tagName(c.query.Tag))
	}
	words = append(words, c.cond)
	if c.query.Sort != db.ByName {
		words = append(words, "sort="+string(c.query.Sort))
	}
	line := sought(strings.TrimSpace(strings.Join(words, " ")), c.in.value())
	if f, err := policy.ParseFilter(policy.ContactList, line, policy.AnyField); err == nil {
		line = f.String()
	}
	return line, c.shown
}

// showAs narrows the list to a filter and nothing else.
func (c *customers) showAs(filter string, columns []string) tea.Cmd {
	c.query = db.Query{Sort: db.ByName, Limit: pageSize}
	if len(columns) > 0 {
		c.setColumns(columns)
	}
	if err := c.filter(filter); err != nil {
		return c.kit.fail(err)
	}
	return c.again()
}
