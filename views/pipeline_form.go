package views

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

const stageFields = "stages"

// newPipelineForm sets the stages of a pipeline, each a line: name; what it
// means; chance; days. An emptied line takes its stage out of use; the order of
// the lines is that of the board.
func newPipelineForm(k *kit, p db.Pipeline) *shortForm {
	t := &k.t.Deal
	s := newShortForm(k, t.PipelineForm, []*field{textField("name", t.PipelineName, k.pipelineName(p))})
	was := map[string]db.Stage{}
	for _, st := range p.Stages {
		if !st.Retired {
			was[addStage(s.form, k.stageText(st)).name] = st
		}
	}
	addStage(s.form, "")
	s.form.onType = func(f *field) {
		last := s.form.fields[len(s.form.fields)-1]
		if f == last && f.value() != "" {
			addStage(s.form, "")
		}
	}
	s.form.save = func() tea.Cmd { return savePipeline(s, p, was) }
	return s
}

func addStage(f *form, value string) *field {
	n := len(f.fields)
	fd := textField(fmt.Sprintf("%s.%d", stageFields, n), fmt.Sprintf(f.k.t.Deal.StageN, n), value).hinted(f.k.t.Deal.StageHint)
	f.fields = append(f.fields, fd)
	return fd
}

// stageText is a stage as it is typed.
func (k *kit) stageText(s db.Stage) string {
	return fmt.Sprintf("%s; %s; %d; %d", k.stageName(s), s.Meaning, s.Probability, s.Days)
}

func savePipeline(s *shortForm, p db.Pipeline, was map[string]db.Stage) tea.Cmd {
	if name := s.form.value("name"); name != s.kit.pipelineName(p) || p.Word == "" {
		p.Name = text.New(name)
	}
	p.Stages = nil
	for _, fd := range s.form.fields[1:] {
		if fd.value() == "" {
			continue
		}
		st, ok := s.kit.parseStage(fd.value(), was[fd.name])
		if !ok {
			fd.err = s.kit.t.Deal.StageBad
			return nil
		}
		p.Stages = append(p.Stages, st)
	}
	acts, actor := s.kit.Ops, s.kit.Actor
	return submit(s, func(ctx context.Context) (int32, error) { return acts.SavePipeline(ctx, actor, p) },
		func(int32) tea.Cmd { return tea.Batch(closeView(s), notify(noteGood, s.kit.t.Deal.PipelineSaved)) })
}

// parseStage reads a line. What a stage means can't change: another meaning
// makes another stage.
func (k *kit) parseStage(line string, was db.Stage) (db.Stage, bool) {
	parts := strings.Split(line, ";")
	if len(parts) != 4 {
		return was, false
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	chance, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(parts[2], "%")), 10, 16)
	days, err2 := strconv.ParseInt(parts[3], 10, 16)
	meaning := policy.StageMeaning(strings.ToLower(parts[1]))
	for m, word := range k.t.Deal.Meanings {
		if strings.EqualFold(parts[1], word) {
			meaning = m
		}
	}
	if meaning != was.Meaning {
		was = db.Stage{}
	}
	if was.ID == 0 || parts[0] != k.stageName(was) {
		was.Name = text.New(parts[0])
	}
	was.StageRules = policy.StageRules{Meaning: meaning, Probability: int16(chance), Days: int16(days)}
	return was, err == nil && err2 == nil
}
