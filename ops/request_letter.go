package ops

import (
	"context"
	"slices"

	"balie/db"
	"balie/ops/paper"
	"balie/policy"
)

// RequestLetter is the letter that tells of the extension or refusal of a
// request, in the person's language unless lang says another.
func (o *Ops) RequestLetter(ctx context.Context, actor policy.Actor, id int64, lang string, say func(lang string, m policy.Message) string) (letter string, err error) {
	err = o.act(ctx, handling(actor), policy.RequestHandle, policy.Resource{}, func(tx *db.Tx) error {
		s, err := again(ctx, tx, id)
		if err != nil {
			return err
		}
		if lang == "" {
			lang = s.Language.String()
		}
		l, err := letterOf(ctx, tx, s)
		if err != nil {
			return err
		}
		letter, err = written(l, s, lang, func(m policy.Message) string { return say(lang, m) })
		return err
	})
	return letter, err
}

func written(l paper.Letter, s RequestSight, lang string, say func(policy.Message) string) (string, error) {
	switch {
	case s.Decision == policy.Refused || s.Decision == policy.Partly:
		l.Why = lastSaid(s, policy.StepDecide)
		return l.Refusal(lang, s.Decision == policy.Partly, say), nil
	case !s.ExtendedAt.IsZero():
		l.Why = lastSaid(s, policy.StepExtend)
		return l.Extension(lang), nil
	}
	return "", policy.Errorf(policy.Conflict, "There is nothing to write about yet: extend the request or refuse it first.")
}

func letterOf(ctx context.Context, tx *db.Tx, s RequestSight) (l paper.Letter, err error) {
	name, err := tx.Setting(ctx, policy.OrgName)
	if err != nil {
		return l, err
	}
	country, err := tx.Setting(ctx, policy.OrgCountry)
	return paper.Letter{
		House: string(name), Country: string(country), To: s.From.String(), Request: "#" + s.Name(), Kind: s.Kind,
		Received: s.Received, Today: s.Today, Due: s.Deadline.Due, Ground: s.Ground.Said(),
	}, err
}

// lastSaid is what was said at the last step of a kind.
func lastSaid(s RequestSight, step policy.RequestStep) string {
	for _, t := range slices.Backward(s.Steps) {
		if t.Step == step {
			return t.Said.String()
		}
	}
	return ""
}
