package server

import (
	"maps"

	"balie/policy"
)

var (
	officers        = []policy.Role{policy.Privacy}
	keepers         = []policy.Role{policy.Privacy, policy.Admin}
	officersAuditor = []policy.Role{policy.Privacy, policy.Auditor}
)

func init() {
	maps.Copy(matrix, map[string]rights{
		"contacts erase":       {args: "999999 --yes", may: officers, missing: true},
		"contacts restrict":    {args: "999999", may: officers, missing: true},
		"contacts unrestrict":  {args: "999999", may: officers, missing: true},
		"erasures list":        {may: officersAuditor},
		"erasures show":        {args: "999999", may: officersAuditor, missing: true},
		"erasures certificate": {args: "999999", may: officersAuditor, missing: true},
		"erasures told":        {args: "999999 1", may: officers, missing: true},
		"suppressions list":    {may: officersAuditor},
		"retention list":       {may: all},
		"retention set":        {args: "own-%s --purpose newsletter --term '6 months' --start contact", may: keepers},
		"retention approve":    {args: "no-such-rule", may: keepers, missing: true},
		"retention drop":       {args: "no-such-rule", may: keepers, missing: true},
		"retention dry-run":    {may: officers},
		"retention holds":      {may: officers},
		"retention hold":       {args: "999999 --until 2027-03-01 --because claim", may: officers, missing: true},
		"retention keep":       {args: "999999 --until 2027-03-01 --because claim", may: officers, missing: true},
		"retention release":    {args: "999999 --because over", may: officers, missing: true},
		"retention ended":      {args: "ID procedure --on 2026-01-01", may: readers},
		"retention figures":    {may: []policy.Role{policy.Manager, policy.Privacy, policy.Admin, policy.Auditor}},
		"suppressions lift":    {args: "999999", may: officers, missing: true},
	})
}
