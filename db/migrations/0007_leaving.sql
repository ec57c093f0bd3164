-- Who leaves or has left: when, why, who takes over, and what is still to be
-- ticked off.
grant create on schema public to balie_gate;

-- Why a grant ended, sealed as its reason is.
alter table grants add column end_reason bytea;
grant update (end_reason) on grants to balie_admin;

-- A departure is planned, and then cancelled or carried out. Its customers are
-- handed over after that, batch by batch.
create table departures (
  id           int generated always as identity primary key,
  person_id    int not null references people,
  reason       bytea not null,
  ordered_by   int not null references people,
  ordered_at   timestamptz not null default now(),
  due          timestamptz not null,
  heir_id      int references people,       -- null: nobody yet
  cancelled_at timestamptz,
  cancelled_by int references people,
  left_at      timestamptz,                 -- all access ended
  owned        bigint not null default 0,   -- customers, then
  handed       bigint not null default 0,   -- of these, so far
  handed_at    timestamptz,                 -- nothing is left to hand over
  check (cancelled_at is null or left_at is null)
);
create unique index departures_planned on departures (person_id) where left_at is null and cancelled_at is null;
create index departures_handing on departures (person_id) where left_at is not null and handed_at is null;

-- The checklist as it was when they left.
create table departure_checks (
  departure_id int not null references departures,
  position     int not null,
  item         text not null,
  ticked_at    timestamptz,
  ticked_by    int references people,
  primary key (departure_id, position)
);

alter table departures enable row level security, force row level security;
alter table departure_checks enable row level security, force row level security;

do $$
declare r text; t text;
begin
  foreach t in array array['departures','departure_checks'] loop
    execute format('create policy gate on %I to balie_gate using (true)', t);
    execute format('create policy clock on %I to balie_clock using (true)', t);
    foreach r in array array['admin','privacy','auditor'] loop
      execute format('create policy see_%s on %I for select to balie_%1$s using ((select me(%1$L)) is not null)', r, t);
      execute format('grant select on %I to balie_%s', t, r);
    end loop;
  end loop;
end $$;
create policy team_manager on departures for select to balie_manager using (person_id in (select team()));
grant select on departures to balie_manager;

-- Nobody decides about the own leaving, and what is over stays as it is.
create policy admin_add on departures for insert to balie_admin
  with check (ordered_by = (select me('admin')) and person_id <> ordered_by and cancelled_at is null and handed = 0);
create policy admin_change on departures for update to balie_admin
  using ((select me('admin')) is not null and cancelled_at is null and handed_at is null and person_id <> (select me('admin')))
  with check (cancelled_by is null or cancelled_by = (select me('admin')));
grant insert (person_id, reason, ordered_by, due, heir_id, left_at, owned, handed_at),
  update (ordered_by, heir_id, cancelled_at, cancelled_by) on departures to balie_admin;
create policy admin_add on departure_checks for insert to balie_admin with check ((select me('admin')) is not null and ticked_at is null);
create policy admin_tick on departure_checks for update to balie_admin
  using ((select me('admin')) is not null) with check (ticked_by is null or ticked_by = (select me('admin')));
grant insert (departure_id, position, item), update (ticked_at, ticked_by) on departure_checks to balie_admin;

grant select on departures, departure_checks to balie_clock;
grant update (ordered_by, heir_id, left_at, owned, handed, handed_at) on departures to balie_clock;
grant insert (departure_id, position, item) on departure_checks to balie_clock;

-- The clock carries out what is due, and nothing else: it ends, and never gives.
do $$
declare t text;
begin
  foreach t in array array['people','teams','grants','keys','invitations','recovery_codes','totp','sessions',
                           'customers','subject_keys','bases','memberships','customer_tags','search_ready'] loop
    execute format('create policy leaving_clock on %I for select to balie_clock using (true)', t);
  end loop;
end $$;
create policy due_clock on people for update to balie_clock
  using (revoked_at is null and id in (select d.person_id from departures d where d.left_at is null and d.cancelled_at is null and d.due <= now()))
  with check (revoked_at is not null);
create policy end_clock on grants for update to balie_clock using (ended_at is null) with check (ended_at is not null and ended_by is null);
create policy end_clock on keys for update to balie_clock using (removed_at is null) with check (removed_at is not null);
create policy end_clock on invitations for update to balie_clock using (voided_at is null) with check (voided_at is not null);
create policy end_clock on recovery_codes for delete to balie_clock using (true);
create policy end_clock on totp for delete to balie_clock using (true);
create policy end_clock on sessions for update to balie_clock using (ended_at is null) with check (ended_at is not null);
create policy leaving_clock on history for insert to balie_clock
  with check (act = 'customer.handover' and person_id in (select d.ordered_by from departures d where d.left_at is not null and d.handed_at is null));
grant select on people, teams, grants, sessions, customers, subject_keys, bases, memberships, customer_tags, search_ready to balie_clock;
grant select (id, person_id, fingerprint, name, added_at, last_used, removed_at) on keys to balie_clock;
grant select (id, person_id, created_by, created_at, expires_at, used_at, voided_at, fingerprint) on invitations to balie_clock;
grant select (person_id, used_at), delete on recovery_codes to balie_clock;
grant select (person_id, failures, next_try), delete on totp to balie_clock;
grant update (revoked_at, version) on people to balie_clock;
grant update (ended_at, ended_by, end_reason) on grants to balie_clock;
grant update (removed_at) on keys to balie_clock;
grant update (voided_at) on invitations to balie_clock;
grant update (ended_at, end_reason) on sessions to balie_clock;
grant insert on history to balie_clock;
grant execute on function live_admins(), lasting_admins() to balie_clock;

create or replace function cancel_work_of(person int, hard bool) returns int
language sql volatile security definer set search_path = public, pg_temp as $$
  select count(case when hard then pg_terminate_backend(l.pid) else pg_cancel_backend(l.pid) end)::int
  from pg_locks l
  where (me('admin') is not null or current_setting('role') = 'balie_clock')
    and l.locktype = 'advisory' and l.classid = 7001 and l.objid = person::oid
    and l.mode = 'ShareLock' and l.granted and l.pid <> pg_backend_pid()
    and l.database = (select oid from pg_database where datname = current_database())
$$;
grant execute on function cancel_work_of(int, bool) to balie_clock;

-- Whose customers the actor may hand over: the own ones, the team's, and for
-- the clock those of who left.
create function handable() returns setof int
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if current_setting('role') = 'balie_clock' then
    return query select d.person_id from departures d where d.left_at is not null and d.handed_at is null;
  else
    return query select me('sales') where me('sales') is not null union select team();
  end if;
end $$;

create or replace function hand_over(ids bigint[], new_owner int, tokens bigint[], buckets int[], token_ids bigint[]) returns setof bigint
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from people p join grants g on g.person_id = p.id
      where p.id = new_owner and p.revoked_at is null and g.role in ('sales', 'manager')
        and not g.pending and g.ended_at is null and (g.until is null or g.until > now())) then
    return;
  end if;
  perform from customers c where c.id = any(ids) for update;
  update search_tokens t set scope = new_owner
  from unnest(tokens, buckets, token_ids) u (token, bucket, id) join customers c on c.id = u.id
  where t.token = u.token and t.scope = c.scope and t.bucket = u.bucket and t.customer_id = u.id
    and c.id = any(ids) and c.scope in (select handable());
  return query
    update customers c set scope = new_owner, version = c.version + 1, updated_at = now()
    where c.id = any(ids) and c.scope <> new_owner and c.scope in (select handable())
    returning c.id;
end $$;
grant execute on function hand_over(bigint[],int,bigint[],int[],bigint[]) to balie_clock;
-- To lock a row one must be allowed to change it; the clock only locks.
create policy lock_clock on customers for update to balie_clock using (scope in (select handable())) with check (false);
grant update (version) on customers to balie_clock;

-- How many customers a person owns: all that an admin learns of them.
create function owned_by(person int) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) from customers c where c.scope = person and me('admin') is not null
$$;

-- Who was revoked comes back as one who is invited for the first time: nothing
-- held before comes back with them. What was still to be handed over stays.
create function come_back(person int, team int) returns bool
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update people p set revoked_at = null, joined_at = null, team_id = team, version = p.version + 1
  where p.id = person and p.revoked_at is not null and me('admin') is not null;
  if not found then return false; end if;
  update departures d set handed_at = now() where d.person_id = person and d.left_at is not null and d.handed_at is null;
  return true;
end $$;

-- A team is what a manager sees: nobody chooses the own one. null: none.
create function set_team(person int, team int) returns bool
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update people p set team_id = team, version = p.version + 1
  where p.id = person and p.revoked_at is null and p.id <> me('admin');
  return found;
end $$;
revoke update (team_id) on people from balie_admin;
create policy gate_back on people for update to balie_gate using (true);
grant update (revoked_at, joined_at, team_id, version) on people to balie_gate;
grant select, update (handed_at) on departures to balie_gate;

-- A key that ended with its owner's leaving may be shown again by that person:
-- whoever has it, and a new invitation, is the same.
grant update (added_at) on keys to balie_door;
create policy door on departures for select to balie_door using (true);
grant select (person_id, left_at) on departures to balie_door;

-- What a person did, counted: for those who may read the report of one who
-- leaves. Whose data it was, only the privacy officer reads, from the log.
create function acts_of(person int, since timestamptz, till timestamptz)
returns table (act text, n bigint, subjects bigint, last timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.act, count(distinct a.id), count(distinct s), max(a.at)
  from audit a left join lateral unnest(a.subjects) s on true
  where a.actor = person and not a.refused and a.at > since and a.at <= till
    and coalesce(me('admin'), me('privacy'), me('auditor')) is not null
  group by a.act
$$;

-- What a person took out: each page of an export, its detail still sealed.
create function exports_of(person int)
returns table (at timestamptz, session text, act text, n int, detail bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.at, a.session, a.act, cardinality(a.subjects), a.detail from audit a
  where a.actor = person and not a.refused and a.act like '%.export'
    and coalesce(me('admin'), me('privacy'), me('auditor')) is not null
  order by a.id
$$;

do $$
declare f text;
begin
  foreach f in array array['handable()','owned_by(int)','come_back(int,int)','set_team(int,int)','acts_of(int,timestamptz,timestamptz)','exports_of(int)'] loop
    execute format('alter function %s owner to balie_gate', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function handable() to balie_clock;
grant execute on function owned_by(int), come_back(int,int), set_team(int,int) to balie_admin;
grant execute on function acts_of(int,timestamptz,timestamptz), exports_of(int) to balie_admin, balie_privacy, balie_auditor;
revoke create on schema public from balie_gate;
