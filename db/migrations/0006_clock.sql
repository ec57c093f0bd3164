-- What the clock did: one row per job and period.
select 1;
