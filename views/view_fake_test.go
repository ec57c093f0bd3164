package views

import (
	"context"
	"fmt"
	"slices"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

func (f *fakeActs) ListViews(_ context.Context, _ policy.Actor, l policy.List) (all []db.View, err error) {
	for _, v := range f.views {
		if l == "" || v.List == l {
			all = append(all, v)
		}
	}
	return all, f.did("views")
}

func (f *fakeActs) SaveView(_ context.Context, actor policy.Actor, v db.View) (db.View, error) {
	if v.Owner = actor.ID; v.ID == 0 {
		v.ID = int64(len(f.views) + 1)
		f.views = append(f.views, v)
	} else {
		f.views[slices.IndexFunc(f.views, func(o db.View) bool { return o.ID == v.ID })] = v
	}
	return v, f.did("saveview")
}

func (f *fakeActs) PlaceViews(_ context.Context, _ policy.Actor, ids []int64) error {
	slices.SortFunc(f.views, func(a, b db.View) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return f.did("placeviews")
}

func (f *fakeActs) DeleteView(_ context.Context, _ policy.Actor, id int64) (db.View, error) {
	at := slices.IndexFunc(f.views, func(o db.View) bool { return o.ID == id })
	gone := f.views[at]
	f.views = slices.Delete(f.views, at, at+1)
	return gone, f.did("deleteview")
}

// LeaveOut leaves out the restricted one.
func (f *fakeActs) LeaveOut(_ context.Context, _ policy.Actor, ids []int64) (left []ops.LeftOut, err error) {
	for _, id := range ids {
		if f.customers[id].Restricted {
			left = append(left, ops.LeftOut{ID: id, Blocked: policy.Blocked{Why: policy.WhyRestricted}})
		}
	}
	return left, nil
}

func (f *fakeActs) SetStatus(_ context.Context, _ policy.Actor, ids []int64, s policy.Status) ([]int64, error) {
	return ids, f.did(fmt.Sprint("status ", s))
}

func (f *fakeActs) UndoStatus(_ context.Context, _ policy.Actor, was []db.StatusOf) (int, error) {
	return len(was), f.did("unstatus")
}
