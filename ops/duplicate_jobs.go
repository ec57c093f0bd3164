package ops

import (
	"context"
	"fmt"
	"time"

	"balie/db"
	"balie/policy"
)

// duplicateJobs look for customers that are in the books twice: every week all of
// them, every five minutes those that are new. Who typed one in, and may not see
// the other, is told nothing; who may see both finds the pair.
func (o *Ops) duplicateJobs() []Job {
	return []Job{
		{Name: "duplicates.find", Spec: "30 4 * * 0", Every: db.Weekly, Run: findDuplicates},
		{Name: "duplicates.fresh", Spec: "*/5 * * * *", Every: db.EveryFiveMinutes, Run: findFresh},
		{Name: "merges.end", Spec: "40 4 * * *", Every: db.Daily, Run: endMerges},
	}
}

// blocksAtOnce is how many groups one transaction compares: half a second's work.
const blocksAtOnce = 1000

// walk is how far the weekly job came. It can be gone on with by another node,
// unless the order is another under new keys.
type walk struct {
	epoch int
	began int64 // microseconds
	token int64
}

func (w walk) String() string { return fmt.Sprintf("%d %d %d", w.epoch, w.began, w.token) }

func parseWalk(s string) (w walk) {
	if n, _ := fmt.Sscan(s, &w.epoch, &w.began, &w.token); n != 3 {
		return walk{}
	}
	return w
}

// percent is how much of the walk lies behind: hashes are spread evenly.
func (w walk) percent() int { return int((w.token - db.FirstBlock) >> 49 * 100 >> 7) }

func findDuplicates(ctx context.Context, r *Run) error {
	for end := false; !end; {
		err := r.Batch(ctx, policy.DuplicateFind, func(tx *db.Tx) (err error) {
			end, err = findMore(ctx, r, tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func findMore(ctx context.Context, r *Run, tx *db.Tx) (end bool, err error) {
	at := parseWalk(r.Reached)
	if at.epoch != tx.TokenEpoch() {
		at = walk{tx.TokenEpoch(), tx.Now.UnixMicro(), db.FirstBlock}
	}
	blocks, err := tx.ListBlocks(ctx, at.token, blocksAtOnce)
	if err != nil {
		return false, err
	}
	pairs, err := tx.NotePairs(ctx, blocks)
	if err != nil {
		return false, err
	}
	was := at.percent()
	at.token = blocks.Reached
	r.Count("pairs met", pairs)
	r.Count("groups left out as too large", blocks.Large)
	if !blocks.End {
		r.Count("percent", at.percent()-was)
		r.Reached = at.String()
		return false, nil
	}
	r.Count("percent", 100-was)
	gone, err := tx.DropPairs(ctx, time.UnixMicro(at.began))
	r.Count("pairs that are none any more", gone)
	r.Reached = ""
	return true, err
}

// freshAtOnce is up to how many new customers are looked up one by one.
const freshAtOnce = 2000

func findFresh(ctx context.Context, r *Run) error {
	return r.Batch(ctx, policy.DuplicateFind, func(tx *db.Tx) error {
		fresh, pairs, err := tx.NoteFresh(ctx, freshAtOnce)
		if err == nil && fresh == 0 {
			return ErrIdle
		}
		r.Count("pairs met", pairs)
		return err
	})
}
