package sample

import (
	"embed"
	"math"
	"math/rand/v2"
	"sort"
	"strconv"
	"strings"
)

//go:embed data
var data embed.FS

// words is a list, the commonest first. Names are as frequent as their rank
// says (Zipf's law), so that searching meets both Jansen and the rare.
type words struct {
	list []string
	upTo []float64 // cumulated weight
}

func load(name string) words {
	raw, err := data.ReadFile("data/" + name + ".txt")
	if err != nil {
		panic(err) // it is part of the program
	}
	w := words{list: strings.Split(strings.TrimSpace(string(raw)), "\n")}
	sum := 0.0
	for i := range w.list {
		sum += math.Pow(float64(i)+3, -0.8)
		w.upTo = append(w.upTo, sum)
	}
	return w
}

func (w words) draw(r *rand.Rand) string {
	x := r.Float64() * w.upTo[len(w.upTo)-1]
	return w.list[sort.SearchFloat64s(w.upTo, x)]
}

// origin is where a name comes from.
type origin struct{ women, men, families words }

func newOrigin(given, family string) origin {
	return origin{load("given_" + given + "_f"), load("given_" + given + "_m"), load("family_" + family)}
}

// tables are all lists; they are read once per firm.
type tables struct {
	dutch, frisian, flemish, walloon, turkish, moroccan, surinamese origin
	roots, endings                                                  words
	streets, trades, roles                                          map[string]words // by language
	notes, private                                                  words
	places                                                          map[string][]place // by country
}

func newTables() *tables {
	nl, wa := load("trades_nl"), load("trades_wa")
	rolesNL, rolesWA := load("roles_nl"), load("roles_wa")
	return &tables{
		dutch: newOrigin("nl", "nl"), frisian: newOrigin("fy", "fy"), flemish: newOrigin("vl", "vl"), walloon: newOrigin("wa", "wa"),
		turkish: newOrigin("tr", "tr"), moroccan: newOrigin("ma", "ma"), surinamese: newOrigin("sr", "sr"),
		roots: load("roots"), endings: load("endings"),
		streets: map[string]words{"nl": load("streets_nl"), "fy": load("streets_nl"), "vl": load("streets_vl"), "wa": load("streets_wa")},
		trades:  map[string]words{"nl": nl, "fy": nl, "vl": nl, "wa": wa},
		roles:   map[string]words{"nl": rolesNL, "fy": rolesNL, "vl": rolesNL, "wa": rolesWA},
		notes:   load("notes"), private: load("private"), places: loadPlaces(),
	}
}

// place is a town with what belongs together: postcodes, area code, language.
type place struct {
	country, people string // people: nl, fy, vl or wa
	from, to        int
	area, city      string
}

// loadPlaces keeps the file's order, in which the largest towns come first.
func loadPlaces() map[string][]place {
	raw, err := data.ReadFile("data/places.tsv")
	if err != nil {
		panic(err)
	}
	places := map[string][]place{}
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		f := strings.Split(line, "\t")
		from, _ := strconv.Atoi(f[2])
		to, _ := strconv.Atoi(f[3])
		places[f[0]] = append(places[f[0]], place{f[0], f[1], from, to, f[4], f[5]})
	}
	return places
}
