package policy

import "time"

// UndoTime is how long one can take back what one did, as long as nobody has
// worked with it since. An erasure, an export or the end of somebody's access
// can't be taken back.
const UndoTime = 10 * time.Minute
