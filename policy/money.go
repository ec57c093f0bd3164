package policy

import (
	"fmt"
	"math/big"
)

// Cents is an amount of money in whole euro cents.
type Cents int64

// MaxCents bounds what an amount can be: a billion euro. Sums of as many lines
// as an invoice takes stay far from overflow.
const MaxCents Cents = 100_000_000_000

// portion is amount × numerator ÷ denominator, rounded to a whole cent, half a
// cent away from zero: so a credit note is exactly the invoice with the other
// sign. The denominator is above 0.
func portion(amount Cents, numerator, denominator int64) Cents {
	n := new(big.Int).Mul(big.NewInt(int64(amount)), big.NewInt(numerator))
	d := big.NewInt(denominator)
	half := new(big.Int).Mul(big.NewInt(int64(n.Sign())), d)
	n.Add(n.Lsh(n, 1), half)
	return Cents(n.Quo(n, d.Lsh(d, 1)).Int64())
}

// String is euros and cents with a point, as files have it: -12.30.
func (c Cents) String() string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	return fmt.Sprintf("%s%d.%02d", sign, c/100, c%100)
}
