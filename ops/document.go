package ops

import (
	"context"
	"embed"
	"slices"
	"strings"
	"text/template"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

//go:embed published/*.md
var publishedFiles embed.FS

var publishedTexts = template.Must(template.New("").Funcs(template.FuncMap{
	"basesEN": func(all []policy.Basis) string { return listBases(all, basesEN) },
	"basesNL": func(all []policy.Basis) string { return listBases(all, basesNL) },
}).ParseFS(publishedFiles, "published/*.md"))

var (
	basesEN = map[policy.Basis]string{
		policy.Contract: "contract (art. 6(1)(b) GDPR)", policy.Interest: "legitimate interest (art. 6(1)(f) GDPR)",
		policy.Consent: "consent (art. 6(1)(a) GDPR)", policy.Obligation: "legal obligation (art. 6(1)(c) GDPR)",
	}
	basesNL = map[policy.Basis]string{
		policy.Contract: "overeenkomst (art. 6 lid 1 onder b AVG)", policy.Interest: "gerechtvaardigd belang (art. 6 lid 1 onder f AVG)",
		policy.Consent: "toestemming (art. 6 lid 1 onder a AVG)", policy.Obligation: "wettelijke plicht (art. 6 lid 1 onder c AVG)",
	}
)

func listBases(all []policy.Basis, words map[policy.Basis]string) string {
	parts := make([]string, len(all))
	for i, b := range all {
		parts[i] = words[b]
	}
	return strings.Join(parts, ", ")
}

// configuration is what documents are generated from.
type configuration struct {
	settings                          map[policy.SettingKey]db.Setting
	Purposes                          []policy.PurposeRules
	Processors, Recipients, Inventory []map[string]string
}

// Org is a setting, or a line to be filled in.
func (c configuration) Org(key string) string {
	if v := c.settings[policy.SettingKey(key)].Value; v != "" {
		return text.Clean(string(v))
	}
	return "[" + key + "]"
}

func configured(ctx context.Context, tx *db.Tx) (c configuration, err error) {
	settings, err := tx.ListSettings(ctx)
	if err != nil {
		return c, err
	}
	c.settings = settingOf(settings)
	purposes, err := tx.ListPurposes(ctx)
	if err != nil {
		return c, err
	}
	c.Purposes = slices.DeleteFunc(db.Rules(purposes), func(p policy.PurposeRules) bool { return p.Retired })
	for register, into := range map[policy.Register]*[]map[string]string{
		policy.Processors: &c.Processors, policy.Recipients: &c.Recipients, policy.Inventory: &c.Inventory,
	} {
		entries, err := tx.ListEntries(ctx, register)
		if err != nil {
			return c, err
		}
		for _, e := range entries {
			if !e.Retired {
				*into = append(*into, e.Values.Strings())
			}
		}
	}
	return c, nil
}

func (c configuration) generate(kind policy.Document, lang string) (string, error) {
	var b strings.Builder
	err := publishedTexts.ExecuteTemplate(&b, string(kind)+"."+lang+".md", c)
	return b.String(), err
}

// DocumentSight is a document as it would be generated now, beside the version
// that was published last; Version 0 when none was.
type DocumentSight struct {
	db.Document
	Live    string
	Differs bool
}

// ListDocuments are all documents in both languages, live beside published.
func (o *Ops) ListDocuments(ctx context.Context, actor policy.Actor) (all []DocumentSight, err error) {
	err = o.act(ctx, actor, policy.DocumentView, policy.Resource{}, func(tx *db.Tx) error {
		if policy.Can(actor, policy.RegisterList, policy.Resource{}) == nil {
			all, err = documents(ctx, tx)
			return err
		}
		published, err := tx.ListDocuments(ctx) // who may not see the registers reads what was published
		for _, d := range published {
			all = append(all, DocumentSight{Document: d, Live: d.Body})
		}
		return err
	})
	return all, err
}

func documents(ctx context.Context, tx *db.Tx) (all []DocumentSight, err error) {
	published, err := tx.ListDocuments(ctx)
	if err != nil {
		return nil, err
	}
	live, err := configured(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, kind := range policy.Documents {
		for _, lang := range []string{"nl", "en"} {
			d := DocumentSight{Document: db.Document{Kind: kind, Language: lang}}
			if i := slices.IndexFunc(published, func(p db.Document) bool { return p.Kind == kind && p.Language == lang }); i >= 0 {
				d.Document = published[i]
			}
			if d.Live, err = live.generate(kind, lang); err != nil {
				return nil, err
			}
			d.Differs = d.Live != d.Body
			all = append(all, d)
		}
	}
	return all, nil
}

// PublishDocument keeps both languages of a document, as generated now, as the
// text that counts outside.
func (o *Ops) PublishDocument(ctx context.Context, actor policy.Actor, kind policy.Document) error {
	return o.act(ctx, actor, policy.DocumentPublish, policy.Resource{}, func(tx *db.Tx) error {
		all, err := documents(ctx, tx)
		if err != nil {
			return err
		}
		tx.About(0, string(kind))
		for _, d := range all {
			if d.Kind != kind || !d.Differs {
				continue
			}
			d.Body = d.Live
			if err := tx.PublishDocument(ctx, d.Document); err != nil {
				return err
			}
		}
		return nil
	})
}

// documentsDiffer tells the officer of texts that no longer say what is done.
func documentsDiffer() attentionFinder {
	return attentionFinder{[]policy.Role{policy.Privacy}, func(ctx context.Context, tx *db.Tx) ([]Attention, error) {
		all, err := documents(ctx, tx)
		var found []Attention
		for _, d := range all {
			if d.Version > 0 && d.Differs && d.Language == "nl" {
				found = append(found, Attention{What: differing[d.Kind], Opens: "documents"})
			}
		}
		return found, err
	}}
}

var differing = map[policy.Document]policy.Message{
	policy.Statement:  {Key: "The privacy statement that was published differs from what is done now: look at it and publish it anew."},
	policy.Processing: {Key: "The record of processing that was published differs from what is done now: look at it and publish it anew."},
	policy.Handbook:   {Key: "The handbook page that was published differs from what is done now: look at it and publish it anew."},
}
