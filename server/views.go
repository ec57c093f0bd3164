package server

// narrowing are the flags by which a list is filtered.
type narrowing struct {
	Filter string `help:"Conditions, as: status=lead tag=nl 'activity<6mo' city~gent. Fields that a list doesn't know are named in the answer." placeholder:"FILTER"`
}
