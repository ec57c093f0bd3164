package policy

// costSteps are the parts of a claim with what share of each may be charged for
// collecting it, in thousandths (Besluit vergoeding voor buitengerechtelijke
// incassokosten, art. 2).
var costSteps = []struct{ upTo, share Cents }{
	{2_500_00, 150}, {5_000_00, 100}, {10_000_00, 50}, {200_000_00, 10}, {1_000_000_00, 5},
}

// CollectionCosts are what may be charged at most for collecting a claim.
func CollectionCosts(claim Cents) (costs Cents) {
	from := Cents(0)
	for _, s := range costSteps {
		if claim > from {
			costs += (min(claim, s.upTo) - from) * s.share / 1000
		}
		from = s.upTo
	}
	return min(max(costs, 40_00), 6_775_00)
}
