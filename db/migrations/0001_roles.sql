-- One database role per kind of access. None can log in: balie_login may only
-- step into them (NOINHERIT: by itself it can do nothing).
-- Roles belong to the whole server, so another database may have made them.
do $$
declare r text;
begin
  foreach r in array array['sales','manager','finance','privacy','admin','auditor',
                           'door','clock','sealer','indexer','eraser','backup','gate'] loop
    if not exists (select from pg_roles where rolname = 'balie_' || r) then
      execute format('create role %I nologin', 'balie_' || r);
    end if;
  end loop;
  if not exists (select from pg_roles where rolname = 'balie_login') then
    create role balie_login login noinherit;
  end if;
  foreach r in array array['sales','manager','finance','privacy','admin','auditor',
                           'door','clock','sealer','indexer','eraser'] loop
    execute format('grant %I to balie_login', 'balie_' || r);
  end loop;
  -- The gate owns the few functions that look past row security; ending a
  -- revoked person's running statement is one of them.
  grant pg_signal_backend to balie_gate;
  if not pg_has_role(current_user, 'balie_gate', 'member') then
    execute format('grant balie_gate, balie_indexer to %I', current_user);
  end if;
end $$;

revoke all on schema public from public;
grant usage on schema public to balie_sales, balie_manager, balie_finance, balie_privacy, balie_admin,
  balie_auditor, balie_door, balie_clock, balie_sealer, balie_indexer, balie_eraser, balie_backup, balie_gate;
-- Needed while functions and tables change hands below; withdrawn in 0005.
grant create on schema public to balie_gate, balie_indexer;
