-- Nodes: which are alive.
select 1;
