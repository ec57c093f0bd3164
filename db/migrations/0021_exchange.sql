-- What goes in and out whole.

-- The operator, who holds the keyring and connects as the owner, reads all of an
-- installation for an archive as balie_backup, into which no login that serves
-- can step. Migrate calls this each time, so that a table of a later migration
-- is open to it as well.
do $$
begin
  if not pg_has_role(current_user, 'balie_backup', 'member') then
    execute format('grant balie_backup to %I', current_user);
  end if;
end $$;
create procedure open_to_backup() language plpgsql as $$
declare t regclass;
begin
  for t in select c.oid::regclass from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p'
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'backup') loop
    execute format('create policy backup on %s for select to balie_backup using (true)', t);
    execute format('grant select on %s to balie_backup', t);
  end loop;
end $$;
revoke all on procedure open_to_backup() from public;
