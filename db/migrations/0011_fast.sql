-- A page's row of the log names some fifty people. For audit_subjects these are
-- first set aside in a list; once it was full, at 4 MB, whoever came next put
-- them all in their places and waited 0.6 s for a page. Writing them there at
-- once costs every page 0.5 ms and twenty times the WAL. So the list is allowed
-- more than it gets in the minute after which autovacuum empties it, when it
-- analyses the table; a small sample will do for that, since it comes often and
-- the plans are generic.
alter index audit_subjects set (gin_pending_list_limit = 32768);
alter table audit set (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 500);
do $$
declare c name;
begin
  for c in select attname from pg_attribute where attrelid = 'audit'::regclass and attnum > 0 and not attisdropped loop
    execute format('alter table audit alter column %I set statistics 10', c);
  end loop;
end $$;
