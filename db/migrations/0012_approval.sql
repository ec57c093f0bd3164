-- A second person for an export of all.
select 1;
