package server

import "maps"

// The words of the officer's figures.
func init() {
	maps.Copy(heads, map[string]string{"number": "aantal", "counted": "geteld", "screen": "scherm"})
}
