package views

// dutchJobSays are the sentences of the clock.
var dutchJobSays = map[string]string{
	"Another node has taken this run over.":                 "Een andere server heeft dit overgenomen.",
	"It failed for a reason that the server's log tells.":   "Het mislukte; de reden staat in het log van de server.",
	"The job %s fails; it was tried %d times.":              "De taak %s mislukt; hij is %d keer geprobeerd.",
	"There is no such job: see jobs list.":                  "Zo'n taak is er niet: zie jobs list.",
	"This job is running just now: look again in a moment.": "Deze taak loopt op dit moment: kijk zo weer.",
}
