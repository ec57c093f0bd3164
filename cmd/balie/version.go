package main

import (
	"fmt"
	"runtime/debug"
)

type version struct{}

// Run prints the version.
func (version) Run(con console) error {
	_, err := fmt.Fprintln(con.out, "balie", versionText())
	return err
}

// versionText is what the go command knows of this build.
func versionText() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value[:min(len(s.Value), 12)]
		}
	}
	return info.Main.Version
}
