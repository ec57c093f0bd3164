create table teams (
  id   int generated always as identity primary key,
  name text not null unique
);

-- Staff. Names are sealed under the system key; the login name is what people
-- type and stays readable.
create table people (
  id         int generated always as identity primary key,
  login      text not null unique check (login ~ '^[a-z][a-z0-9_-]{1,31}$'),
  name       bytea not null,
  team_id    int references teams,
  language   text not null default '' check (language in ('', 'nl', 'en')),
  created_at timestamptz not null default now(),
  joined_at  timestamptz,
  revoked_at timestamptz,
  version    int not null default 1
);

-- A grant is never deleted: it ends. pending: waits for a second admin.
create table grants (
  id         int generated always as identity primary key,
  person_id  int not null references people,
  role       text not null check (role in ('sales','manager','finance','privacy','admin','auditor')),
  reason     bytea not null,
  granted_by int references people,
  agreed_by  int references people,
  pending    bool not null default false,
  since      timestamptz not null default now(),
  until      timestamptz,
  ended_at   timestamptz,
  ended_by   int references people
);
create unique index grants_live on grants (person_id, role) where ended_at is null;

-- The fingerprint is unique over active and removed keys: a key belongs to one
-- person for ever (threat 5).
create table keys (
  id          int generated always as identity primary key,
  person_id   int not null references people,
  fingerprint text not null unique,
  public_key  text not null,
  name        text not null,
  added_at    timestamptz not null default now(),
  last_used   timestamptz,
  removed_at  timestamptz
);
create index keys_person on keys (person_id);

-- last_step only rises: a code works once, on one node (threat 3).
create table totp (
  person_id    int primary key references people,
  secret       bytea not null,
  last_step    bigint not null default 0,
  failures     int not null default 0,
  next_try     timestamptz not null default '-infinity'
);

create table recovery_codes (
  person_id int not null references people,
  digest    bytea not null,
  used_at   timestamptz,
  primary key (person_id, digest)
);

create table invitations (
  id         int generated always as identity primary key,
  person_id  int not null references people,
  digest     bytea not null unique,
  created_by int references people,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at    timestamptz,
  voided_at  timestamptz,
  fingerprint text
);
create index invitations_person on invitations (person_id);

create table sessions (
  id         text primary key,
  person_id  int not null references people,
  key_id     int not null references keys,
  address    text not null,
  node       text not null,
  recovery   bool not null default false,
  started_at timestamptz not null default now(),
  ended_at   timestamptz,
  end_reason text
);
create index sessions_person on sessions (person_id, started_at desc);
create index sessions_open on sessions (node) where ended_at is null;

do $$
declare t text;
begin
  foreach t in array array['teams','people','grants','keys','totp','recovery_codes','invitations','sessions'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy door on %I to balie_door using (true)', t);
    execute format('create policy gate on %I for select to balie_gate using (true)', t);
  end loop;
end $$;
grant select on teams, people, grants to balie_gate;
grant select, insert, update on people, grants, keys, totp, recovery_codes, invitations, sessions to balie_door;
grant select on teams to balie_door;

-- The actor, when alive and holding the role now. app.actor is set locally to
-- each transaction; outside of one it is '' or null: nobody.
create function me(want text) returns int
language sql stable security definer set search_path = public, pg_temp as $$
  select p.id from people p join grants g on g.person_id = p.id
  where p.id = nullif(current_setting('app.actor', true), '')::int and p.revoked_at is null
    and g.role = want and not g.pending and g.ended_at is null and (g.until is null or g.until > now())
$$;

-- Everyone whose customers a manager sees: the own team, and the manager.
create function team() returns setof int
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct c.id from people m join people c on c.team_id = m.team_id or c.id = m.id
  where m.id = me('manager')
$$;

-- How many may still let others in.
create function live_admins() returns int
language sql stable security definer set search_path = public, pg_temp as $$
  select count(distinct p.id)::int from people p join grants g on g.person_id = p.id
  where p.revoked_at is null and g.role = 'admin' and not g.pending and g.ended_at is null
    and (g.until is null or g.until > now())
$$;

-- Cancels what a person who is being revoked is still running, so that the
-- revocation need not wait for it. Each transaction of a person holds a shared
-- advisory lock (7001, person); the caller waits for the exclusive one.
create function cancel_work_of(person int) returns int
language sql volatile security definer set search_path = public, pg_temp as $$
  select count(pg_cancel_backend(l.pid))::int from pg_locks l
  where me('admin') is not null and l.locktype = 'advisory' and l.classid = 7001 and l.objid = person::oid
    and l.mode = 'ShareLock' and l.granted and l.pid <> pg_backend_pid()
    and l.database = (select oid from pg_database where datname = current_database())
$$;

do $$
declare f text;
begin
  foreach f in array array['me(text)','team()','live_admins()','cancel_work_of(int)'] loop
    execute format('alter function %s owner to balie_gate', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function me(text) to balie_sales, balie_manager, balie_finance, balie_privacy, balie_admin, balie_auditor;
grant execute on function team() to balie_manager;
grant execute on function live_admins() to balie_admin, balie_door;
grant execute on function cancel_work_of(int) to balie_admin;

-- Colleagues' names are no secret within the firm; the rest is the admin's.
do $$
declare r text;
begin
  foreach r in array array['sales','manager','finance','privacy','admin','auditor'] loop
    execute format('create policy live_%s on people for select to balie_%1$s using ((select me(%1$L)) is not null)', r);
    execute format('create policy live_%s on teams for select to balie_%1$s using ((select me(%1$L)) is not null)', r);
    execute format('create policy own_%s on people for update to balie_%1$s using (id = (select me(%1$L))) with check (id = (select me(%1$L)))', r);
    execute format('create policy own_%s on keys for select to balie_%1$s using (person_id = (select me(%1$L)))', r);
    execute format('create policy own_upd_%s on keys for update to balie_%1$s using (person_id = (select me(%1$L)))', r);
    execute format('create policy own_%s on sessions for select to balie_%1$s using (person_id = (select me(%1$L)))', r);
    execute format('create policy own_%s on recovery_codes to balie_%1$s using (person_id = (select me(%1$L)))', r);
    execute format('create policy own_%s on grants for select to balie_%1$s using (person_id = (select me(%1$L)))', r);
    execute format('grant select on teams, people, grants, sessions, recovery_codes to balie_%s', r);
    execute format('grant select (id, person_id, fingerprint, name, added_at, last_used, removed_at), update (removed_at, name) on keys to balie_%s', r);
    execute format('grant update (language, version) on people to balie_%s', r);
    execute format('grant insert, delete on recovery_codes to balie_%s', r);
  end loop;
  foreach r in array array['privacy','auditor'] loop
    execute format('create policy read_%s on grants for select to balie_%1$s using ((select me(%1$L)) is not null)', r);
    execute format('create policy read_%s on keys for select to balie_%1$s using ((select me(%1$L)) is not null)', r);
  end loop;
end $$;
create policy team_manager on grants for select to balie_manager using (person_id in (select team()));

create policy admin_people on people to balie_admin using ((select me('admin')) is not null);
create policy admin_grants on grants to balie_admin using ((select me('admin')) is not null);
create policy admin_keys on keys to balie_admin using ((select me('admin')) is not null);
create policy admin_invitations on invitations to balie_admin using ((select me('admin')) is not null);
create policy admin_sessions on sessions to balie_admin using ((select me('admin')) is not null);
create policy admin_totp on totp for delete to balie_admin using ((select me('admin')) is not null);
create policy admin_totp_see on totp for select to balie_admin using ((select me('admin')) is not null);
create policy admin_codes on recovery_codes to balie_admin using ((select me('admin')) is not null);
grant insert, update on people, grants, invitations to balie_admin;
grant select (id, person_id, created_by, created_at, expires_at, used_at, voided_at, fingerprint) on invitations to balie_admin;
grant select (person_id, failures, next_try), delete on totp to balie_admin;
grant delete on recovery_codes to balie_admin;
grant insert on teams to balie_admin;
create policy admin_teams on teams for insert to balie_admin with check ((select me('admin')) is not null);
