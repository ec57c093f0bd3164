package policy_test

import (
	"testing"

	"balie/policy"
)

// A request goes from receipt to closing by the steps in their order, and none
// of them can be left out: the control of each is the step before.
func TestRequestFacts_Path(t *testing.T) {
	f := policy.RequestFacts{Kind: policy.Access, Known: true, Identity: policy.IdentityOpen, Systems: 1}
	for _, c := range []struct {
		next policy.RequestStep
		do   func()
	}{
		{policy.StepIdentity, func() { f.Identity = policy.IdentityProven }},
		{policy.StepWork, func() { f.Worked = true }},
		{policy.StepSystems, func() { f.Systems = 0 }},
		{policy.StepDecide, func() { f.Decision = policy.Granted }},
		{policy.StepSend, func() { f.Sent = true }},
	} {
		if got := f.Next(); got != c.next {
			t.Fatalf("next %q, want %q", got, c.next)
		}
		if f.May(policy.StepClose) == nil {
			t.Errorf("closed before %s", c.next)
		}
		c.do()
	}
	if err := f.May(policy.StepClose); f.Next() != policy.StepClose || err != nil {
		t.Errorf("%s, %v", f.Next(), err)
	}
}

// Each thing that closing waits for, left out alone.
func TestRequestFacts_Close(t *testing.T) {
	whole := policy.RequestFacts{Known: true, Identity: policy.IdentityProven, Worked: true, Decision: policy.Granted, Sent: true}
	for name, spoil := range map[string]func(*policy.RequestFacts){
		"identity": func(f *policy.RequestFacts) { f.Identity = policy.IdentityFailed },
		"work":     func(f *policy.RequestFacts) { f.Worked = false },
		"systems":  func(f *policy.RequestFacts) { f.Systems = 1 },
		"decision": func(f *policy.RequestFacts) { f.Decision = policy.NoDecision },
		"answer":   func(f *policy.RequestFacts) { f.Sent = false },
		"pause":    func(f *policy.RequestFacts) { f.Stands = true },
		"closed":   func(f *policy.RequestFacts) { f.Closed = true },
	} {
		f := whole
		spoil(&f)
		if f.May(policy.StepClose) == nil {
			t.Errorf("closed without %s", name)
		}
	}
	refused := policy.RequestFacts{Identity: policy.IdentityFailed, Decision: policy.Refused, Sent: true, Systems: 2, Known: true}
	if err := refused.May(policy.StepClose); err != nil {
		t.Errorf("a refusal that was told: %v", err)
	}
	if err := (policy.RequestFacts{Decision: policy.CalledOff}).May(policy.StepClose); err != nil {
		t.Errorf("withdrawn: %v", err)
	}
}

// Nothing is done for what was refused or withdrawn.
func TestRequestFacts_Work(t *testing.T) {
	f := policy.RequestFacts{Kind: policy.Erasure, Known: true, Identity: policy.IdentityProven}
	for d, ok := range map[policy.RequestDecision]bool{policy.NoDecision: true, policy.Granted: true, policy.Partly: true, policy.Refused: false, policy.CalledOff: false} {
		f.Decision = d
		if got := f.May(policy.StepWork) == nil; got != ok {
			t.Errorf("after %q: %v", d, got)
		}
	}
}

// An extension is told within the first month, and comes once.
func TestRequestFacts_Extend(t *testing.T) {
	d := policy.Calendar{Country: "NL"}.Deadline(policy.Term{Received: policy.NewDate(2026, 1, 31)})
	f := policy.RequestFacts{Deadline: d, Today: policy.NewDate(2026, 3, 2)}
	if err := f.May(policy.StepExtend); err != nil {
		t.Errorf("on the last day: %v", err)
	}
	f.Today = policy.NewDate(2026, 3, 3)
	if f.May(policy.StepExtend) == nil {
		t.Error("a day late")
	}
	f.Today, f.Extended = policy.NewDate(2026, 2, 1), true
	if f.May(policy.StepExtend) == nil {
		t.Error("twice")
	}
}

// Once it is known who asks, nothing stops the clock.
func TestRequestFacts_Pause(t *testing.T) {
	for _, c := range []struct {
		f  policy.RequestFacts
		ok bool
	}{
		{policy.RequestFacts{Identity: policy.IdentityOpen}, true},
		{policy.RequestFacts{Identity: policy.IdentityFailed}, true},
		{policy.RequestFacts{Identity: policy.IdentityProven}, false},
		{policy.RequestFacts{Identity: policy.IdentityOpen, Stands: true}, false},
	} {
		if got := c.f.May(policy.StepPause) == nil; got != c.ok {
			t.Errorf("%+v: %v", c.f, got)
		}
		if got := c.f.May(policy.StepResume) == nil; got != c.f.Stands {
			t.Errorf("%+v: resumes %v", c.f, got)
		}
	}
}

func TestParseRequestName(t *testing.T) {
	for s, want := range map[string]string{"2026-031": "2026-031", "#2026-31": "2026-031", " 2026-1204 ": "2026-1204", "31": "", "2026-0": "", "x-1": "", "2026-": ""} {
		y, n, err := policy.ParseRequestName(s)
		if got := policy.RequestName(y, n); (err == nil) != (want != "") || err == nil && got != want {
			t.Errorf("%q: %s, %v", s, got, err)
		}
	}
}
