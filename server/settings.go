package server

import (
	"balie/db"
	"balie/policy"
)

type settingCommands struct {
	List settingsList `cmd:"" help:"What the organisation decided, with the defaults of what it did not."`
	Set  settingsSet  `cmd:"" help:"Decide something for the whole organisation."`
}

type settingsList struct{ format }

func (cmd *settingsList) Run(c *call) error {
	all, err := c.ops.ListSettings(c.ctx, c.as(policy.SettingList))
	if err != nil {
		return err
	}
	return list(c, cmd.format, settingColumns(c.speech), all)
}

func settingColumns(l speech) []column[db.Setting] {
	return []column[db.Setting]{
		{"setting", func(s db.Setting) any { return string(s.Key) }},
		{"value", func(s db.Setting) any { return string(s.Value) }},
		{"unit", func(s db.Setting) any { return l.head(defined(s).Unit) }},
		{"default", func(s db.Setting) any { return string(defined(s).Default) }},
		{"changed", func(s db.Setting) any { return s.At }},
		{"about", func(s db.Setting) any { return l.say(defined(s).About) }},
	}
}

func defined(s db.Setting) policy.Setting {
	def, _ := policy.FindSetting(s.Key) // only those of the catalogue are listed
	return def
}

type settingsSet struct {
	Key   string `arg:"" help:"The setting, from settings list."`
	Value string `arg:"" help:"What it becomes."`
}

func (cmd *settingsSet) Run(c *call) error {
	key, value := policy.SettingKey(cmd.Key), policy.SettingValue(cmd.Value)
	if err := c.ops.Decide(c.ctx, c.as(policy.SettingChange), key, value, c.reason); err != nil {
		return err
	}
	return c.tell("%s is %s now.", cmd.Key, cmd.Value)
}
