-- Keys of one's own, and what an open session does.
select 1;
