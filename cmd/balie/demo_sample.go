package main

import (
	"context"
	"fmt"
	"time"

	"balie/ops"
	"balie/ops/sample"
	"balie/policy"
	"balie/policy/text"
)

var sampleTags = []string{"showroom", "badkamer", "keuken", "vloer", "project", "aannemer", "beurs", "vaste korting"}

// sampleSeed makes the sample firm the same everywhere.
const sampleSeed = 1943

// sampleTwins is how many customers of the sample firm are in it twice, for the
// duplicates to be found in.
const sampleTwins = 16

// fill adds the sample firm's customers.
func (d demo) fill(ctx context.Context, o *ops.Ops, people map[string]policy.Actor, n int) error {
	var tags []int32
	for _, name := range sampleTags {
		id, err := o.AddTag(ctx, people["marit"], text.New(name))
		if err != nil {
			return fmt.Errorf("add tags: %w", err)
		}
		tags = append(tags, id)
	}
	bar := newProgress(d.con.err, "Adding customers:")
	firm := sample.New(sampleSeed, time.Now(), tags)
	if err := firm.Fields(ctx, o, people["marit"]); err != nil {
		return err
	}
	if n > 2*sampleTwins {
		if err := firm.Twins(ctx, o, sampleTwins, people["sander"], people["sofie"]); err != nil {
			return err
		}
		n -= 2 * sampleTwins
	}
	err := firm.Fill(ctx, o, shares(people, n), n, func(done, total int) { bar.show(int64(done), int64(total)) })
	if err != nil {
		return fmt.Errorf("fill the sample firm: %w", err)
	}
	for _, login := range []string{"sander", "sofie", "marit"} {
		if err := sample.Plan(ctx, o, people[login]); err != nil {
			return err
		}
	}
	if err := o.Store.RebuildSearch(ctx, indexing(d.con.err, "Making them findable:").show); err != nil {
		return err
	}
	if n <= largeFirm { // of a larger one, the clock does that on Sunday
		if _, err := o.RunJob(ctx, people["anna"], "duplicates.find", false); err != nil {
			return err
		}
	}
	for _, s := range shares(people, n) {
		// A tenth of the customers, as long as that is a board one can work with.
		if err := firm.Deals(ctx, o, s.Owner, min(int(float64(n)*s.Weight/10)+1, 200)); err != nil {
			return err
		}
	}
	if err := sample.Views(ctx, o, people); err != nil {
		return err
	}
	if err := sample.Registers(ctx, o, people["pieter"]); err != nil {
		return err
	}
	if err := sample.Requests(ctx, o, people["pieter"]); err != nil {
		return err
	}
	return o.CountFields(ctx, people["marit"], func(int) {})
}

// largeFirm is from how many customers on a firm is no small one.
const largeFirm = 20_000

// shares give sander a list that fits a salesperson: a sixth of a small firm's
// customers, one in a hundred of a large one's.
func shares(people map[string]policy.Actor, n int) []sample.Share {
	own := 0.17
	if n > largeFirm {
		own = 0.01
	}
	return []sample.Share{
		{Owner: people["sander"], Weight: own},
		{Owner: people["marit"], Weight: 0.1},
		{Owner: people["sofie"], Weight: 0.9 - own},
	}
}
