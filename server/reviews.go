package server

import (
	"cmp"
	"strings"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
	"balie/views"
)

type reviewCommands struct {
	List   reviewsList   `cmd:"" help:"The access reviews."`
	Show   reviewsShow   `cmd:"" help:"The grants of a review: how they were used, and what was decided."`
	Decide reviewsDecide `cmd:"" help:"Confirm, change or revoke a grant. All but confirm takes effect at once."`
	Undo   reviewsUndo   `cmd:"" help:"Take your own confirmation back."`
	Sign   reviewsSign   `cmd:"" help:"Sign all that you decided on; what is signed can't be changed."`
	Assign reviewsAssign `cmd:"" help:"Give a grant to another reviewer."`
	Away   reviewsAway   `cmd:"" help:"Say who reviews in your place, or in a colleague's."`
	Back   reviewsBack   `cmd:"" help:"Say that you, or a colleague, are back."`
	Start  reviewsStart  `cmd:"" help:"Review one colleague or one role outside the quarters."`
	Export reviewsExport `cmd:"" help:"The signed record of a review that has closed."`
	Mine   reviewsMine   `cmd:"" help:"What was decided about your own access."`
}

type reviewsList struct{ format }

func (cmd *reviewsList) Run(c *call) error {
	actor := c.furthest(policy.ReviewList, policy.Auditor, policy.Privacy, policy.Admin)
	all, err := c.ops.ListReviews(c.ctx, actor)
	if err != nil {
		return err
	}
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	return list(c, cmd.format, []column[db.Review]{
		{"id", func(r db.Review) any { return r.ID }},
		{"review", func(r db.Review) any { return policy.ReviewName(r.Period, int(r.ID)) }},
		{"of", func(r db.Review) any { return cmp.Or(colleagues[r.PersonID].Login, string(r.Role)) }},
		{"opened", func(r db.Review) any { return r.OpenedAt }},
		{"due", func(r db.Review) any { return r.Due }},
		{"closed", func(r db.Review) any { return r.ClosedAt }},
		{"grants", func(r db.Review) any { return r.Total }},
		{"decided", func(r db.Review) any { return r.Done }},
		{"mine", func(r db.Review) any { return r.Mine }},
		{"mine_decided", func(r db.Review) any { return r.MineDone }},
		{"reason", func(r db.Review) any { return r.Reason }},
	}, all)
}

type reviewsShow struct {
	format
	ID int32 `arg:"" help:"The number of the review."`
}

func (cmd *reviewsShow) Run(c *call) error {
	actor := c.furthest(policy.ReviewList, policy.Auditor, policy.Privacy, policy.Admin)
	sheet, err := c.ops.ShowReview(c.ctx, actor, cmd.ID)
	if err != nil {
		return err
	}
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	return list(c, cmd.format, itemColumns(colleagues, sheet.Review.Since), sheet.Items)
}

func itemColumns(colleagues map[int32]db.Colleague, since time.Time) []column[db.ReviewItem] {
	return []column[db.ReviewItem]{
		{"grant", func(i db.ReviewItem) any { return i.GrantID }},
		{"login", func(i db.ReviewItem) any { return i.Snapshot.Login }},
		{"role", func(i db.ReviewItem) any { return string(i.Role) }},
		{"since", func(i db.ReviewItem) any { return i.Snapshot.Since }},
		{"last_used", func(i db.ReviewItem) any { return i.Snapshot.LastUsed }},
		{"viewed", func(i db.ReviewItem) any { return i.Viewed }},
		{"usual", func(i db.ReviewItem) any { return orNil(i.Usual) }},
		{"stands_out", func(i db.ReviewItem) any { return standsOut(i.Use(since)) }},
		{"reviewer", func(i db.ReviewItem) any { return colleagues[i.Reviewer].Login }},
		{"decision", func(i db.ReviewItem) any { return string(i.Decision) }},
		{"decided_by", func(i db.ReviewItem) any { return colleagues[i.DecidedBy].Login }},
		{"reason", func(i db.ReviewItem) any { return i.Reason }},
		{"given_again", func(i db.ReviewItem) any { return i.Again }},
		{"signed", func(i db.ReviewItem) any { return i.SignedAt }},
	}
}

// orNil keeps a pointer to nothing out of a table.
func orNil(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}

func standsOut(u policy.ReviewUse) string {
	switch {
	case u.Unused():
		return "unused"
	case u.More():
		return "much more"
	}
	return ""
}

type reviewsDecide struct {
	ID       int32       `arg:"" help:"The number of the review."`
	Grant    int32       `arg:"" help:"The number of the grant, from reviews show."`
	Decision string      `arg:"" help:"confirm, change or revoke."`
	To       policy.Role `help:"Of a change: the role instead; it waits until an admin agrees." placeholder:"ROLE" xor:"change"`
	Until    string      `help:"Of a change: the last day, as 2027-01-31." placeholder:"DAY" xor:"change"`
	Yes      bool        `help:"Don't ask."`
}

func (cmd *reviewsDecide) Run(c *call) error {
	decision := policy.Decision(cmd.Decision)
	if decision != policy.Confirmed && !cmd.Yes {
		if err := c.confirm("This takes effect at once, in open sessions too. Type yes: "); err != nil {
			return err
		}
	}
	err := c.ops.DecideReview(c.ctx, c.as(policy.ReviewDecide), ops.ReviewDecision{Review: cmd.ID, Grant: cmd.Grant, LastDay: cmd.Until, ReviewAnswer: db.ReviewAnswer{
		Decision: decision, Reason: c.reason, Change: policy.ReviewChange{Role: cmd.To},
	}})
	if err != nil {
		return err
	}
	return c.tell("The decision is noted.")
}

type reviewsUndo struct {
	ID    int32 `arg:"" help:"The number of the review."`
	Grant int32 `arg:"" help:"The number of the grant, from reviews show."`
}

func (cmd *reviewsUndo) Run(c *call) error {
	if err := c.ops.UndoReview(c.ctx, c.as(policy.ReviewDecide), cmd.ID, cmd.Grant, 0); err != nil {
		return err
	}
	return c.tell("The decision is open again.")
}

type reviewsSign struct {
	ID int32 `arg:"" help:"The number of the review."`
}

func (cmd *reviewsSign) Run(c *call) error {
	n, err := c.ops.SignReview(c.ctx, c.as(policy.ReviewSign), cmd.ID)
	if err != nil {
		return err
	}
	return c.tell("Signed: %d. The review closes by itself when everybody has signed.", n)
}

type reviewsAssign struct {
	ID    int32  `arg:"" help:"The number of the review."`
	Grant int32  `arg:"" help:"The number of the grant, from reviews show."`
	To    string `arg:"" help:"The login name of the reviewer: a manager, a privacy officer or an admin."`
}

func (cmd *reviewsAssign) Run(c *call) error {
	actor := c.furthest(policy.ReviewAssign, policy.Privacy, policy.Admin)
	to, err := c.colleague(actor, cmd.To)
	if err != nil {
		return err
	}
	if err := c.ops.AssignReview(c.ctx, actor, cmd.ID, cmd.Grant, to, c.reason); err != nil {
		return err
	}
	return c.tell("%s reviews this grant now.", cmd.To)
}

// colleague is a colleague's number; 0 for no login name.
func (c *call) colleague(actor policy.Actor, login string) (int32, error) {
	if login == "" {
		return 0, nil
	}
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return 0, err
	}
	if id := idOf(colleagues, login); id != 0 {
		return id, nil
	}
	return 0, policy.ErrAbsent()
}

type reviewsAway struct {
	Deputy string `arg:"" help:"Who reviews instead: a manager, a privacy officer or an admin."`
	Of     string `help:"Who is away, by login name; without it you." placeholder:"LOGIN"`
	Until  string `help:"The last day, as 2027-01-31; until further notice without it." placeholder:"DAY"`
}

func (cmd *reviewsAway) Run(c *call) error {
	actor := c.furthest(policy.ReviewAssign, policy.Privacy, policy.Admin)
	deputy, err := c.colleague(actor, cmd.Deputy)
	if err != nil {
		return err
	}
	person, err := c.colleague(actor, cmd.Of)
	if err != nil {
		return err
	}
	n, err := c.ops.SetDeputy(c.ctx, actor, ops.Deputising{Person: person, Deputy: deputy, LastDay: cmd.Until, Reason: c.reason})
	if err != nil {
		return err
	}
	return c.tell("%s stands in; grants that moved: %d.", cmd.Deputy, n)
}

type reviewsBack struct {
	Of string `help:"Who is back, by login name; without it you." placeholder:"LOGIN"`
}

func (cmd *reviewsBack) Run(c *call) error {
	actor := c.furthest(policy.ReviewAssign, policy.Privacy, policy.Admin)
	person, err := c.colleague(actor, cmd.Of)
	if err == nil {
		err = c.ops.DropDeputy(c.ctx, actor, person)
	}
	if err != nil {
		return err
	}
	return c.tell("Nobody stands in any more; what moved stays where it is.")
}

type reviewsStart struct {
	Person string      `help:"Review this colleague, by login name." placeholder:"LOGIN" xor:"whom"`
	Of     policy.Role `help:"Review everybody in this role." placeholder:"ROLE" xor:"whom"`
}

func (cmd *reviewsStart) Run(c *call) error {
	actor := c.as(policy.ReviewStart)
	person, err := c.colleague(actor, cmd.Person)
	if err != nil {
		return err
	}
	id, err := c.ops.StartReview(c.ctx, actor, ops.ReviewStart{Person: person, Role: cmd.Of, Reason: c.reason})
	if err != nil {
		return err
	}
	return c.tell("Review %d is open.", id)
}

type reviewsExport struct {
	ID     int32  `arg:"" help:"The number of the review."`
	Format string `help:"csv, json (signed, for balie review verify) or html (a page to read, signed too)." enum:"csv,json,html" default:"json"`
}

func (cmd *reviewsExport) Run(c *call) error {
	record, err := c.ops.ExportReview(c.ctx, c.as(policy.ReviewExport), cmd.ID)
	if err != nil {
		return err
	}
	switch cmd.Format {
	case "csv":
		return list(c, format{CSV: true}, recordColumns, record.Items)
	case "html":
		_, err = c.out.Write(views.ReviewPage(string(c.speech), record))
	default:
		_, err = c.out.Write(record.Bytes())
	}
	return err
}

var recordColumns = []column[ops.RecordItem]{
	{"grant", func(i ops.RecordItem) any { return i.Grant }},
	{"login", func(i ops.RecordItem) any { return i.Login }},
	{"name", func(i ops.RecordItem) any { return i.Name }},
	{"team", func(i ops.RecordItem) any { return i.Team }},
	{"role", func(i ops.RecordItem) any { return string(i.Role) }},
	{"since", func(i ops.RecordItem) any { return i.Since }},
	{"until", func(i ops.RecordItem) any { return i.Until }},
	{"given_by", func(i ops.RecordItem) any { return i.Given }},
	{"given_for", func(i ops.RecordItem) any { return i.Reason }},
	{"keys", func(i ops.RecordItem) any { return keyNames(i.Keys) }},
	{"last_seen", func(i ops.RecordItem) any { return i.LastSeen }},
	{"last_used", func(i ops.RecordItem) any { return i.LastUsed }},
	{"viewed", func(i ops.RecordItem) any { return i.Viewed }},
	{"usual", func(i ops.RecordItem) any { return orNil(i.Usual) }},
	{"unused", func(i ops.RecordItem) any { return i.Unused }},
	{"much_more", func(i ops.RecordItem) any { return i.MuchMore }},
	{"acts", func(i ops.RecordItem) any { return actCounts(i.Acts) }},
	{"reviewer", func(i ops.RecordItem) any { return i.Reviewer }},
	{"reviewer_as", func(i ops.RecordItem) any { return string(i.By) }},
	{"escalated", func(i ops.RecordItem) any { return i.Escalated }},
	{"decision", func(i ops.RecordItem) any { return string(i.Decision) }},
	{"reason", func(i ops.RecordItem) any { return i.Why }},
	{"new_role", func(i ops.RecordItem) any { return string(i.NewRole) }},
	{"new_until", func(i ops.RecordItem) any { return i.NewUntil }},
	{"decided_by", func(i ops.RecordItem) any { return i.DecidedBy }},
	{"decided", func(i ops.RecordItem) any { return i.DecidedAt }},
	{"signed_by", func(i ops.RecordItem) any { return i.SignedBy }},
}

func keyNames(keys []db.SnapshotKey) []string {
	all := make([]string, len(keys))
	for i, k := range keys {
		all[i] = strings.TrimSpace(k.Name.String() + " " + k.Kind)
	}
	return all
}

func actCounts(acts []db.SnapshotAct) []string {
	all := make([]string, len(acts))
	for i, a := range acts {
		all[i] = text.Clean(string(a.Act)) + " " + plain(a.Times)
	}
	return all
}

type reviewsMine struct{ format }

func (cmd *reviewsMine) Run(c *call) error {
	actor := c.as(policy.ProfileView)
	own, err := c.ops.OwnReviews(c.ctx, actor)
	if err != nil {
		return err
	}
	colleagues, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	return list(c, cmd.format, []column[ops.OwnReview]{
		{"review", func(o ops.OwnReview) any { return policy.ReviewName(o.Review.Period, int(o.Review.ID)) }},
		{"role", func(o ops.OwnReview) any { return string(o.Item.Role) }},
		{"reviewer", func(o ops.OwnReview) any { return colleagues[o.Item.Reviewer].Login }},
		{"decision", func(o ops.OwnReview) any { return string(o.Item.Decision) }},
		{"decided", func(o ops.OwnReview) any { return o.Item.DecidedAt }},
		{"decided_by", func(o ops.OwnReview) any { return colleagues[o.Item.DecidedBy].Login }},
		{"reason", func(o ops.OwnReview) any { return o.Item.Reason }},
		{"viewed", func(o ops.OwnReview) any { return o.Item.Viewed }},
	}, own)
}
