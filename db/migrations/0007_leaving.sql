-- Leaving: planned departures, the checklist of what is left.
select 1;
