package db

import "strings"

// narrowed makes one condition that a query may leave open, as
// `($2 = 0 or d.customer_id = $2)`, the plain one if the id is set: PostgreSQL keeps
// one plan for all uses of a text, and for an open condition that is a walk through
// all rows.
func narrowed(sql, open string, id int64) string {
	if id == 0 {
		return sql
	}
	_, plain, _ := strings.Cut(strings.Trim(open, "()"), " or ")
	return strings.Replace(sql, open, plain, 1)
}
