package db

import (
	"context"
	"time"

	"balie/policy"
)

const wallSQL = `select org_zone($1), now()`

// Wall is what the clock on the organisation's wall shows: the database's time in
// the organisation's zone. Nobody acts here, so nothing is logged.
func (s *Store) Wall(ctx context.Context) (now time.Time, err error) {
	pool, err := s.pool(policy.Clock)
	if err != nil {
		return now, kinded(err)
	}
	var name string
	if err := pool.QueryRow(ctx, wallSQL, policy.DefaultZone).Scan(&name, &now); err != nil {
		return now, kinded(err)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return now, err
	}
	return now.In(zone), nil
}
