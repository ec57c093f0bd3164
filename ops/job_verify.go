package ops

import (
	"context"
	"errors"

	"balie/db"
	"balie/policy"
)

// verifyJobs walk the log every night.
func (o *Ops) verifyJobs() []Job {
	return []Job{{Name: "log.verify", Spec: "15 3 * * *", Every: db.Daily, Run: o.verifyNightly}}
}

// errLogChanged is for whoever has to act on it: the history of jobs shows it,
// and the first screen of the privacy officer and the auditor.
var errLogChanged = policy.Errorf(policy.Conflict, "The log was changed. Keep the database as it is and tell the privacy officer.")

func (o *Ops) verifyNightly(ctx context.Context, r *Run) error {
	report, err := o.verify(ctx)
	if err != nil {
		return err
	}
	if !report.OK() {
		err = errLogChanged
	}
	return errors.Join(err, r.Batch(ctx, policy.AuditVerify, func(tx *db.Tx) error {
		tx.Detail(verified(report))
		r.Count("rows verified", int(report.Rows))
		r.Count("faults", int(report.Found))
		return nil
	}))
}
