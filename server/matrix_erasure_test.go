package server

import (
	"maps"

	"balie/policy"
)

var (
	officers        = []policy.Role{policy.Privacy}
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
		"suppressions lift":    {args: "999999", may: officers, missing: true},
	})
}
