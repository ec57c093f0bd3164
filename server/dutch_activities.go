package server

import "maps"

func init() {
	maps.Copy(dutch, map[string]string{
		"Nobody of this customer's wrote or got this mail: check the number, or say --anyway.": "Niemand van deze klant schreef of kreeg deze mail: controleer het nummer, of zeg --anyway.",
	})
}
