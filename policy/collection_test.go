package policy

import "testing"

func TestCollectionCosts(t *testing.T) {
	for claim, want := range map[Cents]Cents{
		1_00: 40_00, 266_66: 40_00, 1_000_00: 150_00, 2_500_00: 375_00, 5_000_00: 625_00, 10_000_00: 875_00, 200_000_00: 2_775_00, 1_000_000_00: 6_775_00, 9_000_000_00: 6_775_00,
	} {
		if got := CollectionCosts(claim); got != want {
			t.Errorf("of %s: %s, want %s", claim, got, want)
		}
	}
}
