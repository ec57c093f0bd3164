package policy

import (
	"errors"
	"testing"
	"time"

	"balie/policy/text"
)

// TestBreach: 72 consecutive hours to the minute (the example of law), later
// only with reasons, and a high risk is told to the people concerned.
func TestBreach(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	rules, _ := FindRegister("breaches")
	at := func(s string) time.Time { m, _ := ParseMoment(s, zone); return m }
	v := Values{"name": text.NewBlock("lost laptop"), "facts": text.NewBlock("a train"), "aware": text.NewBlock("2026-04-02 16:20")}
	if state, due := BreachStands(v, zone, at("2026-04-05 16:20")); state != BreachRuns || !due.Due.Equal(at("2026-04-05 16:20")) {
		t.Errorf("at the last minute it is %s, due %s", state, due.Due)
	}
	if state, _ := BreachStands(v, zone, at("2026-04-05 16:21")); state != BreachLate {
		t.Errorf("a minute later it is %s", state)
	}
	v["reported"] = text.NewBlock("2026-04-05 16:21")
	if err := rules.Check(v, zone); fieldOf(err) != "late" {
		t.Errorf("reported late without reasons: %v", err)
	}
	v["late"], v["risk"] = text.NewBlock("nobody knew"), text.NewBlock("high")
	if err := rules.Check(v, zone); err != nil {
		t.Error(err)
	}
	if state, _ := BreachStands(v, zone, at("2026-05-05 16:21")); state != BreachUntold {
		t.Errorf("of a high risk of which nobody was told it is %s", state)
	}
}

// TestRegister_badInput: what is wrong, at its field.
func TestRegister_badInput(t *testing.T) {
	whole := Values{"name": text.NewBlock("a"), "aware": text.NewBlock("2026-04-02 16:20"), "facts": text.NewBlock("b")}
	rules, _ := FindRegister("breaches")
	for field, value := range map[string]string{
		"name": "", "aware": "2026-04-02", "since": "31 Dec", "risk": "some", "facts": "", "login": "a\nb", "reported": "2026-04-01 10:00",
	} {
		v := Values{}
		for k, x := range whole {
			v[k] = x
		}
		v[field] = text.NewBlock(value)
		if err := rules.Check(v, time.UTC); fieldOf(err) != field {
			t.Errorf("%s=%q: %v", field, value, err)
		}
	}
	if err := rules.Set(Values{}, "nonsense", "x"); err == nil {
		t.Error("a field that there is not can be set")
	}
}

func fieldOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Field
	}
	return ""
}
