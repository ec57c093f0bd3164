//go:build race

package sheet

const slower = 10 // what the race detector costs
