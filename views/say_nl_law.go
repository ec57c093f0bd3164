package views

// dutchLaw are the articles that stand behind a basis, a reason or a danger.
var dutchLaw = map[string]string{
	"art. 4(11) GDPR":     "art. 4 onder 11 AVG",
	"art. 5(1)(b) GDPR":   "art. 5 lid 1 onder b AVG",
	"art. 5(1)(c) GDPR":   "art. 5 lid 1 onder c AVG",
	"art. 5(1)(d) GDPR":   "art. 5 lid 1 onder d AVG",
	"art. 5(1)(e) GDPR":   "art. 5 lid 1 onder e AVG",
	"art. 6(1) GDPR":      "art. 6 lid 1 AVG",
	"art. 6(1)(a) GDPR":   "art. 6 lid 1 onder a AVG",
	"art. 6(1)(b) GDPR":   "art. 6 lid 1 onder b AVG",
	"art. 6(1)(c) GDPR":   "art. 6 lid 1 onder c AVG",
	"art. 6(1)(f) GDPR":   "art. 6 lid 1 onder f AVG",
	"art. 7(1) GDPR":      "art. 7 lid 1 AVG",
	"art. 7(3) GDPR":      "art. 7 lid 3 AVG",
	"art. 9(1) GDPR":      "art. 9 lid 1 AVG",
	"art. 10 GDPR":        "art. 10 AVG",
	"art. 17, 21(3) GDPR": "art. 17 en 21 lid 3 AVG",
	"art. 18(2) GDPR":     "art. 18 lid 2 AVG",
	"art. 21 GDPR":        "art. 21 AVG",
	"art. 32 GDPR":        "art. 32 AVG",
	"art. 11.7(3) Tw":     "art. 11.7 lid 3 Tw",
	"art. 46 UAVG":        "art. 46 UAVG",
}
