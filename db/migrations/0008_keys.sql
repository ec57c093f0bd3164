-- Keys of one's own, and what an open session does.

-- Who decides signs for it, and nobody can date a decision back.
alter policy add_admin on settings with check (by = (select me('admin')));
revoke insert on settings from balie_admin;
grant insert (key, version, value, by) on settings to balie_admin;

-- The same as policy.IsAccess.
create or replace function is_access_act(act text) returns bool language sql immutable as $$
  select split_part(act, '.', 1) in ('person','key','session','signin','signout','join','profile','setting')
$$;

-- kind and bits are of the public key, which people's roles can't read. A key
-- that is suspended lets nobody in; once lifted, it counts as used then.
alter table keys
  add column kind text not null default '',
  add column bits int not null default 0,
  add column last_from text not null default '',
  add column suspended_at timestamptz,
  add column lifted_at timestamptz;
update keys set kind = split_part(public_key, ' ', 1);
-- The modulus is what remains beside the kind, the exponent and their lengths.
update keys set bits = (octet_length(decode(split_part(public_key, ' ', 2), 'base64')) - 23) * 8 where kind = 'ssh-rsa';

-- When the second factor was set: its owner is told at the next sign-in.
alter table totp add column set_at timestamptz not null default now();

-- doing is the kind of the last act, never about whom. The node writes both
-- every few seconds.
alter table sessions
  add column last_active timestamptz not null default now(),
  add column doing text not null default '',
  add column new_address bool not null default false, -- its person never came from there before
  add column new_key bool not null default false;

-- People add keys of their own, after proving their code at the door, and name
-- them. Nobody but the clock suspends one, and nobody but an admin lifts that.
do $$
declare r text;
begin
  foreach r in array array['sales','manager','finance','privacy','admin','auditor'] loop
    execute format('create policy own_add_%s on keys for insert to balie_%1$s with check (person_id = (select me(%1$L)))', r);
    execute format('alter policy own_upd_%s on keys with check (person_id = (select me(%1$L)) and (removed_at is not null or suspended_at is null))', r);
    execute format('grant select (kind, bits, last_from, suspended_at, lifted_at), insert (person_id, fingerprint, public_key, name, kind, bits), update (name) on keys to balie_%s', r);
  end loop;
end $$;
alter policy admin_change on keys with check (removed_at is not null or suspended_at is null);
grant update (suspended_at, lifted_at) on keys to balie_admin;
grant update (last_from) on keys to balie_door;
grant update (last_active, doing) on sessions to balie_door;

create policy suspend_clock on keys for update to balie_clock
  using (removed_at is null and suspended_at is null) with check (removed_at is null and suspended_at is not null);
grant select (id, person_id, name, fingerprint, kind, bits, added_at, last_used, last_from, removed_at, suspended_at, lifted_at),
  update (suspended_at) on keys to balie_clock;

-- Who has keys, and none that lets them in, lets nobody else in either.
create or replace function lasting_admins() returns int
language sql stable security definer set search_path = public, pg_temp as $$
  select count(distinct p.id)::int from people p join grants g on g.person_id = p.id
  where p.joined_at is not null and p.revoked_at is null and g.role = 'admin'
    and not g.pending and g.ended_at is null and g.until is null
    and (not exists (select from keys k where k.person_id = p.id)
      or exists (select from keys k where k.person_id = p.id and k.removed_at is null and k.suspended_at is null))
$$;
grant select (person_id, removed_at, suspended_at) on keys to balie_gate;
grant execute on function live_admins(), lasting_admins() to balie_clock;
