-- Keys of one's own, and what an open session does.

-- Who decides signs for it, and nobody can date a decision back.
alter policy add_admin on settings with check (by = (select me('admin')));
revoke insert on settings from balie_admin;
grant insert (key, version, value, by) on settings to balie_admin;

-- The same as policy.IsAccess.
create or replace function is_access_act(act text) returns bool language sql immutable as $$
  select split_part(act, '.', 1) in ('person','key','session','signin','signout','join','profile','setting')
$$;
