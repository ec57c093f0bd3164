package views

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// fakeJobs answers like a clock with three jobs.
type fakeJobs struct {
	*fakeActs
	jobs  []ops.JobStatus
	ran   []string
	tells map[string]int
	err   error
}

func newFakeJobs() *fakeJobs {
	at := func(hours float64) time.Time { return noon.Add(time.Duration(hours * float64(time.Hour))) }
	ended, retry := at(-9.7), at(0.2)
	return &fakeJobs{fakeActs: newFakeActs(), jobs: []ops.JobStatus{
		{Name: "log.verify", Every: db.Daily, Next: at(14), Last: db.JobRun{
			Job: "log.verify", Period: "2026-11-22", Due: at(-9.8), Node: "one", State: db.JobFailed, Tries: 4, ClaimedAt: at(-9.8), EndedAt: &ended, RetryAt: &retry,
			Counts: map[string]int{"rows verified": 12044, "faults": 1}, Error: "The log was changed. Keep the database as it is and tell the privacy officer.",
		}},
		{Name: "access.expire", Every: db.EveryMinute, Next: at(0.01), Last: db.JobRun{
			Job: "access.expire", Period: "2026-11-22T13:02Z", Node: "two", State: db.JobDone, Tries: 1, ClaimedAt: at(-0.01), EndedAt: &ended, Counts: map[string]int{"grants ended": 2, "invitations voided": 1},
		}},
		{Name: "review.open", Every: db.Quarterly, Next: at(900)},
		{Name: "no.such\x1b[31m", Every: db.Hourly, Next: at(1), Last: db.JobRun{Job: "no.such", Node: "th\u202eree", State: db.JobRunning, Tries: 1, ClaimedAt: at(-0.1)}},
	}}
}

func (f *fakeJobs) ListJobs(context.Context, policy.Actor) ([]ops.JobStatus, error) {
	return f.jobs, f.err
}

func (f *fakeJobs) GetJob(_ context.Context, _ policy.Actor, name string) (ops.JobStatus, error) {
	for _, s := range f.jobs {
		if s.Name == name {
			if s.Ran() {
				s.Runs = []db.JobRun{s.Last}
			}
			return s, f.err
		}
	}
	return ops.JobStatus{}, errors.New("no such job")
}

func (f *fakeJobs) RunJob(_ context.Context, _ policy.Actor, name string, dry bool) (ops.JobOutcome, error) {
	if dry {
		name += " dry"
	}
	f.ran = append(f.ran, name)
	return ops.JobOutcome{Job: name, Dry: dry, Counts: f.tells}, f.err
}

func TestJobs_List(t *testing.T) {
	s := newStage(t, sessionOf(newFakeJobs(), policy.Auditor)).press(":", "jobs", "enter")
	s.wants("Verify the log", "! fails, tried 4×", "The log was changed. Keep the database", "Tried again today 14:14", "every day", "never yet")
	s.press("r").wants("only an admin runs jobs by hand")
	s.press("j").wants("grants ended 2, invitations", "every minute")
	s.press("enter").wants("2026-11-22T13:02Z", "two", "grants ended 2")
	s.press("esc", "j", "enter").wants("has not done anything yet")
}

func TestJobs_Run(t *testing.T) {
	acts := newFakeJobs()
	s := newStage(t, sessionOf(acts, policy.Admin)).press(":", "jobs", "enter", "j")
	acts.tells = map[string]int{"grants ended": 1204}
	s.press("D").wants("What “End what has run out” would do now", "grants ended 1,204", "Nothing was changed.").press("esc")
	s.press("r", "enter", "n")
	if len(acts.ran) != 1 {
		t.Fatalf("ran without a yes: %v", acts.ran)
	}
	s.press("r", "y").wants("Done: grants ended 1,204.")
	acts.tells = nil
	s.press("r", "y").wants("Done: there was nothing to do.")
	s.press("D").wants("Nothing: there is nothing to do.").press("esc")
	acts.err = policy.Errorf(policy.Conflict, "This job is running just now: look again in a moment.")
	s.press("r", "y").wants("! This job is running just now")
	if got := strings.Join(acts.ran, ", "); got != "access.expire dry, access.expire, access.expire, access.expire dry, access.expire" {
		t.Errorf("ran %s", got)
	}
}

// Every window, language and colouring holds what there is, with hostile names.
func TestJobs_Frames(t *testing.T) {
	for name, keys := range map[string][]string{
		"home": nil, "list": {":", "jobs", "enter"}, "last": {":", "jobs", "enter", "jjj"}, "history": {":", "jobs", "enter", "enter"},
		"dry run": {":", "jobs", "enter", "D"}, "run": {":", "jobs", "enter", "r"},
	} {
		for _, look := range looks {
			acts := newFakeJobs()
			acts.tells = map[string]int{"cups\u202e\x1b[31m": 7}
			acts.waiting = []ops.Attention{{What: policy.Message{Key: "The job %s fails; it was tried %d times.", Args: []any{"t\x1b[31m\u202eea", 3}}, Opens: "jobs"}}
			s := sessionOf(acts, policy.Admin)
			s.Dark, s.NoColor, s.ASCII, s.Lang = look.dark, look.noColor, look.ascii, look.lang
			t.Run(name, func(t *testing.T) { look.check(t, newStage(t, s).press(keys...)) })
		}
	}
}

// TestJobs_Texts finds a job, or something that one counts, without words.
func TestJobs_Texts(t *testing.T) {
	for _, texts := range []*Texts{englishTexts(), dutchTexts()} {
		for _, j := range (&ops.Ops{}).Jobs() {
			wantName(t, j.Name, texts.Jobs.Names[j.Name])
			wantName(t, string(j.Every), texts.Jobs.Every[j.Every])
			if n := ansi.StringWidth(texts.Jobs.Names[j.Name]); n > 24 {
				t.Errorf("%q is too wide for its column", texts.Jobs.Names[j.Name])
			}
		}
	}
	files, _ := filepath.Glob("../ops/*.go")
	counted, found := regexp.MustCompile(`r\.Count\("([^"]+)"|each\(ctx, r, "([^"]+)"`), 0
	for _, name := range files {
		src, err := os.ReadFile(name)
		if err != nil || strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, m := range counted.FindAllSubmatch(src, -1) {
			found++
			what := string(m[1]) + string(m[2])
			wantName(t, what, dutchTexts().Jobs.Counts[what])
		}
	}
	if found < 4 {
		t.Errorf("only %d counts were found in the source: the pattern is out of date", found)
	}
}

// What waits stands on top of the first screen, the cursor is on it, and enter
// opens it.
func TestHome_Attention(t *testing.T) {
	acts := newFakeJobs()
	s := newStage(t, sessionOf(acts, policy.Sales))
	s.wantsNot("Waits for you")
	for i := range 7 {
		acts.waiting = append(acts.waiting, ops.Attention{What: policy.Message{Key: "The job %s fails; it was tried %d times.", Args: []any{"tea.make", i + 1}}, Opens: "contacts /jan", Grave: i == 0})
	}
	s = newStage(t, sessionOf(acts, policy.Sales))
	s.wants("Waits for you", "▸ ! The job tea.make fails; it was tried 1 times.", "… and 3 more", "Needs a decision", "see to it")
	s.press("jjjjjj").wants("tried 7 times").wantsNot("tried 1 times")
	s.press("j").wants("▸ ").wantsNot("▸ !")
	s.press("k", "enter")
	if q := acts.fakeActs.asked[len(acts.fakeActs.asked)-1]; q.Text != "jan" {
		t.Errorf("opened %+v", q)
	}
	admin := sessionOf(acts, policy.Admin)
	admin.Lang = "nl"
	acts.waiting = []ops.Attention{{What: policy.Message{Key: "The job %s fails; it was tried %d times.", Args: []any{"tea.make", 3}}, Opens: "jobs"}}
	newStage(t, admin).wants("Wacht op jou", "De taak tea.make mislukt; hij is 3 keer geprobeerd.").press("enter").wants("Controleer het logboek")
}
