package ops

import "slices"

// Jobs are all that the clock does by itself; each area adds its own.
func (o *Ops) Jobs() []Job {
	return slices.Concat(
		o.expireJobs(),
		o.keyJobs(),
		o.leavingJobs(),
		o.reviewJobs(),
		o.verifyJobs(),
		o.unusualJobs(),
		o.duplicateJobs(),
		o.remindJobs(),
		requestJobs(),
		o.retentionJobs(),
		o.fieldJobs(),
		o.hygieneJobs(),
	)
}
