-- The log is read by time. Each filter that leaves few rows has an index in that
-- order, so that a page costs the same however old the log is; those on (at, id)
-- and the rest are near free to write, since rows come in that order. A policy
-- of its own beside the team's would make an OR, which loses the index: the team
-- has the manager in it.
create index audit_at on audit (at desc, id desc);
create index audit_actor_at on audit (actor, at desc, id desc);
create index audit_act_at on audit (act, at desc, id desc);
create index audit_refused on audit (at desc, id desc) where refused;
drop index audit_actor;
drop policy own_manager on audit;

-- Rows about one customer. "subjects @> …" is not leakproof, so under row
-- security its index is not used; here it is, after the same rules.
create function log_about(subject bigint) returns setof bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  everything bool := me('privacy') is not null or me('auditor') is not null;
  admin int := me('admin');
  own int := coalesce(me('sales'), me('finance'), me('manager'), admin);
begin
  return query select a.id from audit a where a.subjects @> array[subject]
    and (everything or a.actor = own or a.actor in (select team()) or admin is not null and is_access_act(a.act));
end $$;

-- Who has seen this one, by day in the organisation's zone: whole days, the
-- latest first, as many as have at most so many lines, and one at least; total
-- counts the lines of the days left out too. For those who may see the customer.
drop function exposure(bigint, int);
create function exposure(subject bigint, zone text, before date, most int)
returns table (day date, actor int, role text, act text, times bigint, first timestamptz, last timestamptz, total bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select g.day, g.actor, g.role, g.act, g.times, g.first, g.last, g.total
  from (select d.*, count(*) over (order by d.day desc) as upto, max(d.day) over () as latest, count(*) over () as total
    from (select (a.at at time zone zone)::date as day, a.actor, a.role, a.act, count(*) as times, min(a.at) as first, max(a.at) as last
      from audit a
      where a.subjects @> array[subject] and exists (select from customers c where c.id = subject
        and (c.scope = me('sales') or c.scope in (select team())
             or me('privacy') is not null and coalesce(current_setting('app.reason', true), '') <> ''))
      group by 1, 2, 3, 4) d
    where before is null or d.day < before) g
  where g.upto <= most or g.day = g.latest
  order by g.day desc, g.last desc
$$;

do $$
declare f text;
begin
  grant create on schema public to balie_gate; -- to take functions over
  foreach f in array array['log_about(bigint)','exposure(bigint,text,date,int)'] loop
    execute format('alter function %s owner to balie_gate', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  revoke create on schema public from balie_gate;

  -- May read the log and its checkpoints, and nothing else: for who verifies the
  -- log from outside with the public key. A login for it:
  --   create role NAME login password '…' in role balie_verifier;
  if not exists (select from pg_roles where rolname = 'balie_verifier') then
    create role balie_verifier nologin;
  end if;
end $$;
grant execute on function log_about(bigint) to balie_sales, balie_manager, balie_finance, balie_privacy, balie_admin, balie_auditor;
grant execute on function exposure(bigint,text,date,int) to balie_sales, balie_manager, balie_privacy;
grant usage on schema public to balie_verifier;
grant select on audit, checkpoints to balie_verifier;
create policy verifier on audit for select to balie_verifier using (true);
create policy verifier on checkpoints for select to balie_verifier using (true);

-- How many customers each colleague saw in each hour by the clock: what is
-- usual for them. Counts only; whom they saw stays in the log.
create table viewing (
  person_id int not null references people,
  hour      timestamptz not null,
  role      text not null,
  opened    int not null,
  listed    int not null,
  exported  int not null, -- of those opened
  primary key (person_id, hour)
);
create index viewing_hour on viewing (hour);

-- A time in which somebody saw many more than usual, until an officer has
-- settled it. It names no customer.
create table unusual (
  id         int generated always as identity primary key,
  person_id  int not null references people,
  role       text not null,
  began      timestamptz not null,
  until      timestamptz not null,
  opened     int not null,
  listed     int not null,
  exported   int not null,
  score      int not null,
  usual      int not null,
  bar        int not null,
  newcomer   bool not null,          -- measured by others of the role
  settled_at timestamptz,
  settled_by int references people,
  outcome    text check (outcome in ('explained', 'further')),
  note       bytea,                  -- sealed under the system key
  check ((settled_at is null) = (settled_by is null) and (settled_at is null) = (outcome is null) and (settled_at is null) = (note is null))
);
create index unusual_person on unusual (person_id, until desc);

alter table viewing enable row level security, force row level security;
alter table unusual enable row level security, force row level security;
create policy clock on audit for select to balie_clock using (true);
create policy clock on viewing to balie_clock using (true);
create policy clock on unusual to balie_clock using (true);
create policy see_privacy on unusual for select to balie_privacy using ((select me('privacy')) is not null);
create policy see_auditor on unusual for select to balie_auditor using ((select me('auditor')) is not null);
-- Nobody settles what is about oneself, and what is settled stays so.
create policy settle_privacy on unusual for update to balie_privacy
  using ((select me('privacy')) is not null and person_id <> (select me('privacy')) and settled_at is null)
  with check (settled_by = (select me('privacy')));
grant select (id, at, actor, role, act, refused, subjects) on audit to balie_clock;
grant select, insert, delete on viewing to balie_clock;
grant select, insert, update (until, role, opened, listed, exported, score, usual, bar) on unusual to balie_clock;
grant select, update (settled_at, settled_by, outcome, note) on unusual to balie_privacy;
grant select on unusual to balie_auditor;
