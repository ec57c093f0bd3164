-- Access reviews: a snapshot, decisions, a signed end.
select 1;
