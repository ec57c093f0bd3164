-- Unusual viewing.
select 1;
