package views

import (
	"strings"
	"testing"
	"time"

	"balie/policy"
)

func financeStage(t *testing.T, lang string) (*fakeActs, *stage) {
	acts := newFakeActs()
	s := sessionOf(acts, policy.Finance)
	s.Lang = lang
	return acts, newStage(t, s)
}

// Each figure of finance's home leads to its rows; the latest months are shown.
func TestInvoices_Home(t *testing.T) {
	_, st := financeStage(t, "nl")
	st.wants("Te ontvangen", "€ 13.468,12", "tot 30 dagen te laat", "nov 26", "€ 123.450,00").wantsNot("dec 25")
	st.press("o").wants("F2026-0003", "vervallen").wantsNot("F2026-0004")
	st.press("esc", "s").wants("F2026-0004").wantsNot("F2026-0003")
	st.press(":", "invoices vervallen /fenna", "enter").wants("/ fenna", "F2026-0003").wantsNot("concept")
	st.app.width, st.app.height = 200, 50
	st.press("esc", "esc", "esc").wants("dec 25", "€ -12.345,00")
}

// What sales asked for is finished, issued and paid in parts.
func TestInvoices_Life(t *testing.T) {
	acts, st := financeStage(t, "en")
	st.press("i").wants("draft", "Ilse Baert", "credit note").press("enter").wants("No lines yet", "In twee termijnen.")
	st.press("p").wants("it is a draft: issue it first")
	st.press("e", "up", "advice;1,5;80;21").wants("€ 120.00 + 21%", "Line 2")
	st.press("tab", "more;x;1;21").wants("is no quantity").press("ctrl+s").wants("is no quantity")
	if acts.count("change invoice") != 0 {
		t.Fatal("a line that isn't understood was saved")
	}
	st.press("ctrl+u", "ctrl+s").wants("Saved.", "€ 145.20")
	if i, _ := acts.bill(101); len(i.Lines) != 1 || i.Remark.String() != "Zoals afgesproken op 3 november.\nIn twee termijnen." {
		t.Errorf("the form changed more than was typed: %+v", i)
	}
	st.press("i").wants("Issue this invoice to Ilse Baert, total € 145.20?").press("n")
	if acts.count("issue invoice") != 0 {
		t.Fatal("issued in spite of the answer")
	}
	st.press("i", "y").wants("Issued as F2026-0006.", "due 22 Dec 2026", "sent").press("e").wants("only a credit note takes it back")
	st.press("p", "12,x", "enter").wants("is no amount").press("ctrl+u", "45,20", "enter").wants("€ 45.20 noted", "€ 100.00")
	st.press("p", "enter").wants("€ 0.00", "paid")
	if len(acts.keys) != 2 || acts.keys[0] == acts.keys[1] {
		t.Errorf("two payments under the request keys %v", acts.keys)
	}
	st.press("c", "y").wants("credit note draft", "Credit F2026-0006")
	st.press("D", "y").wants("The draft is gone.")
}

// Sales asks, and reads no amount anywhere; the officer changes nothing.
func TestInvoices_Others(t *testing.T) {
	acts := newFakeActs()
	st := newStage(t, sessionOf(acts, policy.Sales)).press("c", "enter")
	st.wants("F2026-0009 open").wantsNot("€")
	st.press("i", "ctrl+s").wants("what it is for").press("dakkapel", "ctrl+s").wants("Finance has a draft of it now.")
	if want := "1 dakkapel "; len(acts.book.asks) != 1 || acts.book.asks[0] != want {
		t.Errorf("asked %q, want %q", acts.book.asks, want)
	}
	st.press(":", "invoices", "enter").wantsNot("Kuipers")
	officer := newStage(t, sessionOf(acts, policy.Privacy)).press("request 12", "enter", ":", "invoices", "enter", "jjjj", "enter")
	officer.press("p").wants("role").press("x").wants("invoices pdf F2026-0003").wantsNot("remind")
}

// A form outlives its connection, for whoever still may save it.
func TestInvoices_Draft(t *testing.T) {
	acts, drafts := newFakeActs(), NewDrafts()
	session := func(role policy.Role) *Session {
		s := sessionOf(acts, role)
		s.Drafts, s.Now = drafts, func() time.Time { return noon.Add(time.Minute) }
		return s
	}
	newStage(t, session(policy.Finance)).press("i", "a", "Kuipers BV", "up", "advice;1;80;21", "tab", "half a li") // and the connection breaks
	newStage(t, session(policy.Admin)).wantsNot("in the middle of this")
	st := newStage(t, session(policy.Finance))
	st.wants("in the middle of this", "Kuipers BV").press("y").wants("Kuipers BV", "advice;1;80;21", "half a li", "ctrl+x")
	if st.press("esc").wantsNot("half a li"); strings.Contains(st.shown(), "Throw") {
		t.Error("leaving the form threw the draft away")
	}
	st.press("i", "a").wants("half a li", "Your draft")
	st.press("up", "up", "ctrl+u", "ctrl+s").wants("€ 96.80")
	if _, _, ok := drafts.newest(3, noon); ok {
		t.Error("what is saved is still a draft")
	}
	st.press("e", "x", "ctrl+x", "y", "e").wantsNot("Your draft")
}
