package server

import (
	"maps"

	"balie/policy"
)

func init() {
	maps.Copy(matrix, map[string]rights{
		"requests list":     {may: registrars},
		"requests show":     {args: "2026-999", may: readers, missing: true},
		"requests add":      {args: "access --from Jansen", may: readers},
		"requests link":     {args: "2026-999 ID", may: officers, missing: true},
		"requests identity": {args: "2026-999 --asked number --answered right", may: officers, missing: true},
		"requests pause":    {args: "2026-999 --question who", may: officers, missing: true},
		"requests resume":   {args: "2026-999 --answer me", may: officers, missing: true},
		"requests extend":   {args: "2026-999 --why many", may: officers, missing: true},
		"requests system":   {args: "2026-999 --add archive", may: officers, missing: true},
		"requests decide":   {args: "2026-999 granted --why done", may: officers, missing: true},
		"requests refuse":   {args: "2026-999 --ground unfounded --why so", may: officers, missing: true},
		"requests gather":   {args: "2026-999", may: officers, missing: true},
		"requests mark":     {args: "2026-999 --keep all", may: officers, missing: true},
		"requests archive":  {args: "2026-999", may: officers, missing: true},
		"requests work":     {args: "2026-999 --done put-right", may: officers, missing: true},
		"requests letter":   {args: "2026-999", may: officers, missing: true},
		"requests sent":     {args: "2026-999 --what archive --to mail", may: officers, missing: true},
		"requests close":    {args: "2026-999", may: officers, missing: true},
		"privacy drill":     {may: officers},
		"privacy drills":    {may: []policy.Role{policy.Privacy, policy.Auditor}},
	})
}
