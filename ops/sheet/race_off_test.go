//go:build !race

package sheet

const slower = 1
