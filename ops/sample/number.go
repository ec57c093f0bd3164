package sample

import (
	"fmt"
	"strconv"

	"balie/db"
	"balie/policy/text"
)

// digits is n with leading zeros.
func digits(n, width int) string {
	s := strconv.Itoa(n)
	for len(s) < width {
		s = "0" + s
	}
	return s
}

func (f *Firm) address(at place) db.Address {
	code := digits(at.from+f.r.IntN(at.to-at.from+1), 4)
	if at.country == "NL" {
		code += " " + f.letters()
	}
	number := strconv.Itoa(1 + int(220*f.r.Float64()*f.r.Float64()))
	if f.chance(0.1) {
		number += f.pick("a", "b", "c", "-2", " bis")
	}
	street := f.streets[at.people].draw(f.r) + " " + number
	return db.Address{
		Street: text.New(street), Postcode: text.New(code),
		City: text.New(at.city), Country: text.New(at.country),
	}
}

// letters are the two after a Dutch postcode; some are never given out.
func (f *Firm) letters() string {
	const used = "ABCDEGHJKLMNPRSTVWXZ"
	for {
		s := string([]byte{used[f.r.IntN(len(used))], used[f.r.IntN(len(used))]})
		if s != "SA" && s != "SD" && s != "SS" {
			return s
		}
	}
}

func (f *Firm) mobile(at place) string {
	if at.country == "BE" {
		return "+324" + f.pick("70", "71", "73", "74", "75", "76", "77", "78", "79", "85", "86", "94", "95", "96", "97", "98", "99") + digits(f.r.IntN(1e6), 6)
	}
	return "+316" + strconv.Itoa(1+f.r.IntN(5)) + digits(f.r.IntN(1e7), 7)
}

// landline has as many digits behind the area code as the country's plan says:
// nine in all in the Netherlands, eight in Belgium, where 2 and 3 may follow any code.
func (f *Firm) landline(at place) string {
	country, length := "+31", 9
	if at.country == "BE" {
		country, length = "+32", 8
	}
	area := at.area[1:]
	rest := length - len(area)
	return country + area + strconv.Itoa(2+f.r.IntN(2)) + digits(f.r.IntN(pow10(rest-1)), rest-1)
}

func pow10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}

// enterprise is a Belgian enterprise number: eight digits and 97 less their
// remainder.
func (f *Firm) enterprise() string {
	n := 4_000_000 + f.r.IntN(6_900_000)
	return digits(n, 8) + digits(97-n%97, 2)
}

// firmVAT is built on nine digits that pass the 11-test.
func (f *Firm) firmVAT() string {
	for {
		eight := digits(80_000_000+f.r.IntN(6_000_000), 8)
		sum := 0
		for i, d := range eight {
			sum += int(d-'0') * (9 - i)
		}
		if last := sum % 11; last < 10 {
			return fmt.Sprintf("NL%s%dB01", eight, last)
		}
	}
}

// traderVAT has two check digits, so that NL, digits, B and they are 1 modulo
// 97 with letters as 10 to 35.
func (f *Firm) traderVAT() string {
	nine := digits(1_000_000+f.r.IntN(500_000_000), 9)
	rest := 0
	for _, d := range "2321" + nine + "11" {
		rest = (rest*10 + int(d-'0')) % 97
	}
	check := (97 + 1 - rest*100%97) % 97
	if check == 0 {
		check = 97
	}
	return "NL" + nine + "B" + digits(check, 2)
}
