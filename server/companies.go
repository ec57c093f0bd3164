package server

import "balie/policy"

type companyCommands struct {
	List   companiesList   `cmd:"" help:"Companies that you may see."`
	Show   companiesShow   `cmd:"" help:"One of them, with its contacts and notes."`
	Import companiesImport `cmd:"" help:"Read a file of companies from stdin: CSV as other systems export it, or XLSX."`
	Revert importRevert    `cmd:"" help:"Take back an import of your own, within a day."`
	Export companiesExport `cmd:"" help:"Write those that you may see to stdout."`
	Seen   seen            `cmd:"" help:"Who has seen one of them, by day."`
}

type companiesList struct{ finding }

func (cmd *companiesList) Run(c *call) error { return cmd.run(c, policy.Company) }

type companiesShow struct{ showing }

func (cmd *companiesShow) Run(c *call) error { return cmd.run(c) }
