package ops

import (
	"context"
	"strings"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Letter is to whom a letter about a breach goes.
type Letter string

// The letters of a breach: art. 33(3) and art. 34(2) GDPR.
const (
	ToAuthority Letter = "authority"
	ToSubjects  Letter = "subjects"
)

// letterFacts is what a letter about a breach is made of.
type letterFacts struct {
	configuration
	Breach map[string]string
}

// BreachLetter writes the letter to the authority or to the people concerned, in
// a language, from what the register says; what is missing stands in brackets.
func (o *Ops) BreachLetter(ctx context.Context, actor policy.Actor, id int64, to Letter, lang string) (letter string, err error) {
	if to != ToAuthority && to != ToSubjects || lang != "nl" && lang != "en" {
		return "", policy.Errorf(policy.Invalid, "A letter goes to authority or subjects, in nl or en; %q is none of these.", text.Clean(string(to)+" "+lang)).On("to")
	}
	err = o.act(ctx, actor, policy.BreachList, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(id, "letter")
		e, now, err := entryOf(ctx, tx, policy.Breaches, id)
		if err != nil {
			return err
		}
		f := letterFacts{Breach: map[string]string{}}
		if f.configuration, err = configured(ctx, tx); err != nil {
			return err
		}
		rules, _ := policy.FindRegister(string(policy.Breaches))
		for _, field := range rules.Fields {
			f.Breach[field.Name] = strings.TrimSpace(e.Values[field.Name].String())
			if f.Breach[field.Name] == "" {
				f.Breach[field.Name] = "[" + field.Name + "]"
			}
		}
		f.Breach["due"] = sighted(e, now).due()
		var b strings.Builder
		err = publishedTexts.ExecuteTemplate(&b, "breach_"+string(to)+"."+lang+".md", f)
		letter = b.String()
		return err
	})
	return letter, err
}
