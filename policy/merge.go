package policy

import "time"

// MergeTime is how long a merge of two customers can be undone.
const MergeTime = 30 * 24 * time.Hour
