package policy

// RequestStep is a step on the way from receipt to closing.
type RequestStep string

// The steps, in the order in which they are taken, and beside them those that
// may come at any time.
const (
	StepIdentity RequestStep = "identity"
	StepWork     RequestStep = "work" // gather, correct, erase, restrict or stop
	StepSystems  RequestStep = "systems"
	StepDecide   RequestStep = "decide"
	StepSend     RequestStep = "send"
	StepClose    RequestStep = "close"

	StepLink   RequestStep = "link" // to a customer found later
	StepPause  RequestStep = "pause"
	StepResume RequestStep = "resume"
	StepExtend RequestStep = "extend"

	StepDueSoon RequestStep = "due soon" // by the clock
	StepTarget  RequestStep = "target"   // by the clock: the house target has passed
	StepOverdue RequestStep = "overdue"  // by the clock
)

// RequestPath is the way from receipt to closing.
var RequestPath = []RequestStep{StepIdentity, StepWork, StepSystems, StepDecide, StepSend, StepClose}

// RequestFacts are what the steps that may be taken follow from.
type RequestFacts struct {
	Kind     RequestKind
	Known    bool // it is about somebody among the customers
	Erased   bool // it was, until they were erased
	Identity Identity
	Worked   bool // what was asked has been done in this program
	Systems  int  // other systems in which it is still to be done
	Decision RequestDecision
	Sent     bool // the answer
	Closed   bool
	Stands   bool // the clock stands still
	Extended bool
	Today    Date
	Deadline Deadline
}

// carriedOut says that something is done because of the decision.
func (f RequestFacts) carriedOut() bool { return f.Decision == Granted || f.Decision == Partly }

// needsWork says that there is something to do in this program before closing.
func (f RequestFacts) needsWork() bool { return f.Known && f.carriedOut() && !f.Worked }

// Next is the step to take now.
func (f RequestFacts) Next() RequestStep {
	switch {
	case f.Closed:
		return ""
	case f.Decision == CalledOff:
		return StepClose
	case f.Decision == Refused && f.Sent:
		return StepClose
	case f.Decision == Refused:
		return StepSend
	case f.Identity != IdentityProven:
		return StepIdentity
	case f.Known && !f.Worked:
		return StepWork
	case f.Systems > 0:
		return StepSystems
	case f.Decision == NoDecision:
		return StepDecide
	case !f.Sent:
		return StepSend
	}
	return StepClose
}

// May says why a step can't be taken now; nil when it can.
func (f RequestFacts) May(s RequestStep) error {
	if f.Closed {
		return Errorf(Conflict, "This request is closed.")
	}
	switch s {
	case StepPause:
		return f.mayPause()
	case StepResume:
		return unless(f.Stands, Errorf(Conflict, "The clock of this request does not stand still."))
	case StepExtend:
		return f.mayExtend()
	case StepIdentity, StepSystems, StepLink, StepDecide:
		return nil
	case StepWork:
		return f.mayWork()
	case StepSend:
		return unless(f.Decision != NoDecision, Errorf(Conflict, "First decide about the request: the answer follows from that."))
	}
	return f.mayClose()
}

// mayPause: only a justified question about identity stops the clock, art. 12(6)
// GDPR.
func (f RequestFacts) mayPause() error {
	if f.Identity == IdentityProven {
		return Errorf(Conflict, "The clock stands still only for a question about identity, and that is settled: art. 12(6) GDPR.")
	}
	return unless(!f.Stands, Errorf(Conflict, "The clock of this request stands still already."))
}

func (f RequestFacts) mayExtend() error {
	if f.Extended {
		return Errorf(Conflict, "A request is extended once, to three months from receipt: art. 12(3) GDPR.")
	}
	if f.Today.After(f.Deadline.TellBy) {
		return Errorf(Conflict, "The person had to be told of an extension by %s: art. 12(3) GDPR.", f.Deadline.TellBy)
	}
	return nil
}

func (f RequestFacts) mayWork() error {
	if f.Identity != IdentityProven {
		return Errorf(Conflict, "First establish who asks: nothing of a person goes to another one, art. 12(6) GDPR.")
	}
	if f.Decision == Refused || f.Decision == CalledOff {
		return Errorf(Conflict, "This request was refused or withdrawn: decide anew before anything is done for it.")
	}
	return unless(f.Known || f.Erased && f.Kind == Erasure, Errorf(Conflict, "This request is about nobody among the customers: link it first, if it is."))
}

// mayClose: what was promised is done and told.
func (f RequestFacts) mayClose() error {
	switch {
	case f.Decision == NoDecision:
		return Errorf(Conflict, "Decide about the request before it is closed.")
	case f.Decision == CalledOff:
		return nil
	case !f.Sent:
		return Errorf(Conflict, "Note what was sent, and where to, before the request is closed.")
	case f.Stands:
		return Errorf(Conflict, "The clock stands still: note the answer about identity first.")
	case f.carriedOut() && f.Identity != IdentityProven:
		return Errorf(Conflict, "First establish who asks: nothing of a person goes to another one, art. 12(6) GDPR.")
	case f.needsWork():
		return Errorf(Conflict, "What was granted has not been done yet.")
	case f.carriedOut() && f.Systems > 0:
		return Errorf(Conflict, "Other systems in which it is still to be done: %d.", f.Systems)
	}
	return nil
}

func unless(ok bool, why *Error) error {
	if ok {
		return nil
	}
	return why
}
