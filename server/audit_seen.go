package server

import (
	"fmt"
	"io"
	"iter"
	"time"

	"balie/db"
	"balie/ops/sheet"
	"balie/policy"
	"balie/policy/text"
	"balie/views"
)

// seen says who has seen a customer: a table, or a page to hand to whoever asks
// who has seen their data.
type seen struct {
	format
	ID    int64 `arg:"" help:"The number, from a list."`
	Page  bool  `help:"A page for people, to hand over; colleagues by their role alone." xor:"format"`
	Names bool  `help:"With the names of colleagues on the page."`
}

func (cmd *seen) Run(c *call) error {
	actor := c.as(policy.CustomerExposure)
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	rows := c.sightings(actor, cmd.ID)
	switch {
	case cmd.Page:
		return c.seenPage(actor, cmd.ID, cmd.Names, colleagues, rows)
	case cmd.JSON:
		return writeJSON(c.out, seenColumns(colleagues), rows)
	case cmd.CSV:
		return sheet.WriteCSV(c.out, names(seenColumns(colleagues)), cells(seenColumns(colleagues), rows), sheet.CSV{})
	}
	all, err := collected(rows)
	if err != nil {
		return err
	}
	return list(c, cmd.format, seenColumns(colleagues), all)
}

func seenColumns(colleagues map[int32]db.Colleague) []column[db.Exposure] {
	return []column[db.Exposure]{
		{"day", func(x db.Exposure) any { return x.Day.Format(time.DateOnly) }},
		{"who", func(x db.Exposure) any { return colleagues[x.Actor].Login }},
		{"role", func(x db.Exposure) any { return string(x.Role) }},
		{"act", func(x db.Exposure) any { return string(x.Act) }},
		{"times", func(x db.Exposure) any { return x.Times }},
		{"first", func(x db.Exposure) any { return x.First }},
		{"last", func(x db.Exposure) any { return x.Last }},
	}
}

// sightings are all of them, the latest first; each page that is read is logged.
func (c *call) sightings(actor policy.Actor, id int64) iter.Seq2[db.Exposure, error] {
	return func(yield func(db.Exposure, error) bool) {
		var before time.Time
		for more := true; more; more = !before.IsZero() {
			page, err := c.ops.WhoSaw(c.ctx, actor, id, before)
			if err != nil {
				yield(db.Exposure{}, err)
				return
			}
			for _, x := range page.Seen {
				if !yield(x, nil) {
					return
				}
			}
			before = page.Next
		}
	}
}

func collected[T any](rows iter.Seq2[T, error]) (all []T, err error) {
	for r, err := range rows {
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

// seenPage is for the person whose data it is, in the reader's language. The law
// gives a right to know what was seen when, and not by which employee (CJEU
// C-579/21), so names are left out unless they are asked for.
func (c *call) seenPage(actor policy.Actor, id int64, named bool, colleagues map[int32]db.Colleague, rows iter.Seq2[db.Exposure, error]) error {
	customer, err := c.ops.GetCustomer(c.ctx, actor, id)
	if err != nil {
		return err
	}
	now, err := c.ops.Wall(c.ctx)
	if err != nil {
		return err
	}
	if err := c.pageHead(customer, now); err != nil {
		return err
	}
	day, n := time.Time{}, 0
	for x, err := range rows {
		if err != nil {
			return err
		}
		if !x.Day.Equal(day) {
			day = x.Day
			if err := c.line("\n" + day.Format("02-01-2006")); err != nil {
				return err
			}
		}
		n++
		if err := c.line(c.sighting(x, now.Location(), named, colleagues)); err != nil {
			return err
		}
	}
	if n == 0 {
		return c.tell("Nobody has seen these data.")
	}
	return nil
}

func (c *call) pageHead(customer db.Customer, now time.Time) error {
	if err := c.tell("Who has seen the data of %s (number %d)", customer.Name().String(), customer.ID); err != nil {
		return err
	}
	return c.tell("Drawn up on %s, %s. Each line says when, in which role, what was done, and how often that day.", now.Format("02-01-2006 15:04"), now.Location().String())
}

// sighting is one line of the page.
func (c *call) sighting(x db.Exposure, zone *time.Location, named bool, colleagues map[int32]db.Colleague) string {
	clock := x.First.In(zone).Format("15:04")
	if last := x.Last.In(zone).Format("15:04"); last != clock {
		clock += " - " + last
	}
	who := views.SayRole(string(c.speech), x.Role)
	if name := colleagues[x.Actor].Name; named && !name.IsZero() {
		who += ", " + name.String()
	}
	return fmt.Sprintf("  %-13s  %s: %s (%d)", clock, who, views.SayAct(string(c.speech), x.Act), x.Times)
}

func (c *call) line(s string) error {
	_, err := io.WriteString(c.out, text.NewBlock(s).String()+"\n")
	return err
}
