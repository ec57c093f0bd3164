package server

import (
	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

type viewCommands struct {
	List   viewsList   `cmd:"" help:"Your views of lists, and those that your team shares."`
	Show   viewsShow   `cmd:"" help:"What one of them shows."`
	Save   viewsSave   `cmd:"" help:"Keep a filter of a list under a name."`
	Delete viewsDelete `cmd:"" help:"Throw one away."`
}

type viewsList struct {
	format
	List string `name:"list" help:"Only of contacts, deals, tasks or invoices." enum:",contacts,deals,tasks,invoices" default:""`
}

func (cmd *viewsList) Run(c *call) error {
	actor := c.as(policy.ViewList)
	all, err := c.ops.ListViews(c.ctx, actor, policy.List(cmd.List))
	if err != nil {
		return err
	}
	columns, err := c.viewColumns(actor)
	if err != nil {
		return err
	}
	return list(c, cmd.format, columns, all)
}

func (c *call) viewColumns(actor policy.Actor) ([]column[db.View], error) {
	who, err := c.ops.Colleagues(c.ctx, actor)
	return []column[db.View]{
		{"id", func(v db.View) any { return v.ID }},
		{"list", func(v db.View) any { return string(v.List) }},
		{"name", func(v db.View) any { return v.Name }},
		{"owner", func(v db.View) any { return who[v.Owner].Login }},
		{"shared", func(v db.View) any { return v.Shared }},
		{"filter", func(v db.View) any { return text.New(v.Filter) }},
		{"columns", func(v db.View) any { return v.Columns }},
	}, err
}

// naming is how a command names a view.
type naming struct {
	Name string `arg:"" help:"The name of the view."`
	List string `name:"list" help:"The list it is of: contacts, deals, tasks or invoices." enum:"contacts,deals,tasks,invoices" default:"contacts"`
}

func (n naming) find(c *call, actor policy.Actor) (db.View, error) {
	return c.ops.GetView(c.ctx, actor, policy.List(n.List), text.New(n.Name))
}

type viewsShow struct {
	format
	naming
}

func (cmd *viewsShow) Run(c *call) error {
	actor := c.as(policy.ViewList)
	v, err := cmd.find(c, actor)
	if err != nil {
		return err
	}
	columns, err := c.viewColumns(actor)
	if err != nil {
		return err
	}
	return show(c, cmd.format, columns, v)
}

type viewsSave struct {
	naming
	Filter  string   `help:"Conditions, and perhaps sort= and /words, as contacts list --filter takes." placeholder:"FILTER"`
	Columns []string `help:"Names of the columns that the screen shows, with commas between." placeholder:"NAME,…"`
	Share   bool     `help:"Let your team see it."`
}

func (cmd *viewsSave) Run(c *call) error {
	v := db.View{List: policy.List(cmd.List), Shared: cmd.Share}
	v.Name, v.Filter, v.Columns = text.New(cmd.Name), cmd.Filter, cmd.Columns
	if _, err := c.ops.SaveView(c.ctx, c.as(policy.ViewSave), v); err != nil {
		return err
	}
	return c.tell("The view is kept.")
}

type viewsDelete struct{ naming }

func (cmd *viewsDelete) Run(c *call) error {
	v, err := cmd.find(c, c.as(policy.ViewList))
	if err != nil {
		return err
	}
	if _, err := c.ops.DeleteView(c.ctx, c.as(policy.ViewDelete), v.ID); err != nil {
		return err
	}
	return c.tell("The view is deleted.")
}

// narrowing are the flags by which a list is filtered.
type narrowing struct {
	View   string `help:"A view of yours or your team's by its name, which --filter narrows further." placeholder:"NAME"`
	Filter string `help:"Conditions, as: status=lead tag=nl 'activity<6mo' city~gent. Fields that a list doesn't know are named in the answer." placeholder:"FILTER"`
}

// where is the filter that the flags ask for.
func (n narrowing) where(c *call, l policy.List) (string, error) {
	if n.View == "" {
		return n.Filter, nil
	}
	v, err := c.ops.GetView(c.ctx, c.as(policy.ViewList), l, text.New(n.View))
	return policy.JoinFilters(n.Filter, v.Filter), err
}
