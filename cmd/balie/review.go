package main

type reviewCommands struct {
	Verify reviewVerify `cmd:"" help:"Check an exported record of an access review, JSON or page, without server or database."`
}

type reviewVerify struct{ signedFile }

// Run says whether a record is as it was signed, and which line is not.
func (v reviewVerify) Run(con console) error {
	file, key, err := v.read()
	if err != nil {
		return err
	}
	return verifyRecord(con, file, key)
}
