-- Access reviews: a snapshot of every grant, a decision on each, a signed end.
grant create on schema public to balie_gate;

-- period: of a quarter's review, "2026-Q4", once each. Others are of one person
-- or one role. since and until bound what is looked back on. ready_at: the
-- snapshot is whole. record is what was signed in the end, sealed.
create table reviews (
  id         int generated always as identity primary key,
  period     text unique,
  person_id  int references people,
  role       text check (role in ('sales','manager','finance','privacy','admin','auditor')),
  reason     bytea not null,
  opened_at  timestamptz not null default now(),
  opened_by  int references people,       -- null: the clock
  since      timestamptz not null,
  until      timestamptz not null,
  due_at     timestamptz not null,
  ready_at   timestamptz,
  closed_at  timestamptz,
  record     bytea,
  digest     bytea,
  check (period is null or person_id is null and role is null),
  check (closed_at is null or record is not null)
);
create index reviews_open on reviews (due_at) where closed_at is null;

-- A grant under review. snapshot and reason are sealed; nobody is his own
-- reviewer. What is signed stays as it is.
create table review_items (
  review_id  int not null references reviews,
  grant_id   int not null references grants,
  person_id  int not null references people,
  role       text not null,
  reviewer   int references people check (reviewer <> person_id), -- null: there is nobody
  by         text not null,
  moved_by   int references people,       -- who gave it to this reviewer
  level      smallint not null default 0, -- how far it was escalated
  snapshot   bytea not null,
  viewed     int not null,                -- whose data were seen in the quarter: how many
  usual      int,                         -- null: nothing is usual yet
  decision   text not null default '' check (decision in ('', 'confirm', 'change', 'revoke', 'suspended', 'kept', 'ended')),
  reason     bytea,
  decided_by int references people check (decided_by <> person_id),
  decided_at timestamptz,
  new_role   text,
  new_until  timestamptz,
  signed_by  int references people,
  signed_at  timestamptz,
  version    int not null default 1,
  primary key (review_id, grant_id)
);
create index review_items_reviewer on review_items (reviewer) where signed_at is null;
create index review_items_person on review_items (person_id);
create index review_items_grant on review_items (grant_id);

-- All that happened, in order; nothing is ever changed in it.
create table review_steps (
  id        bigint generated always as identity primary key,
  review_id int not null references reviews,
  grant_id  int,
  at        timestamptz not null default now(),
  by        int references people,        -- null: the clock
  what      text not null,
  detail    bytea not null
);
create index review_steps_review on review_steps (review_id, id);

-- Who reviews in the place of one who is away.
create table review_deputies (
  person_id int primary key references people,
  deputy_id int not null references people check (deputy_id <> person_id),
  until     timestamptz,
  set_by    int not null references people,
  set_at    timestamptz not null default now()
);

do $$
declare t text; r text;
begin
  foreach t in array array['reviews','review_items','review_steps','review_deputies'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy clock on %I to balie_clock using (true)', t);
    execute format('create policy gate on %I for select to balie_gate using (true)', t);
    execute format('grant select on %I to balie_clock', t);
  end loop;
  -- Everybody sees what was decided about the own access, and the review it was in.
  foreach r in array array['sales','manager','finance','privacy','admin','auditor'] loop
    execute format('create policy own_%s on review_items for select to balie_%1$s using (person_id = (select me(%1$L)))', r);
    execute format('grant select on review_items to balie_%s', r);
    execute format('grant select (id, period, person_id, role, reason, opened_at, opened_by, since, until, due_at, ready_at, closed_at) on reviews to balie_%s', r);
  end loop;
  foreach r in array array['sales','manager','finance'] loop
    execute format('create policy own_%s on reviews for select to balie_%1$s using (id in (select i.review_id from review_items i))', r);
  end loop;
  foreach r in array array['privacy','admin','auditor'] loop
    foreach t in array array['reviews','review_items','review_steps'] loop
      execute format('create policy see_%s on %I for select to balie_%1$s using ((select me(%1$L)) is not null)', r, t);
    end loop;
    execute format('grant select (record, digest) on reviews to balie_%s', r);
  end loop;
  foreach r in array array['manager','privacy','admin','auditor'] loop
    execute format('create policy see_%s on review_deputies for select to balie_%1$s using ((select me(%1$L)) is not null)', r);
    execute format('grant select on review_steps, review_deputies to balie_%s', r);
  end loop;
end $$;
create policy mine_manager on review_items for select to balie_manager
  using (reviewer = (select me('manager')) or moved_by = (select me('manager')));
create policy mine_manager on review_steps for select to balie_manager
  using (exists (select from review_items i where i.review_id = review_steps.review_id and i.grant_id = review_steps.grant_id
    and i.person_id <> (select me('manager'))));

-- Deciding, assigning and signing: never on the own access, never on what
-- another decided or what is signed. Officers and admins may assign everything,
-- and decide on what is theirs or was escalated to them.
do $$
declare r text; mine text; open text; can text;
begin
  foreach r in array array['manager','privacy','admin'] loop
    mine := format('reviewer = (select me(%L))', r);
    open := format('person_id <> (select me(%1$L)) and (decided_by is null or decided_by = (select me(%1$L)))', r);
    can := case r when 'manager' then 'true' when 'privacy' then mine || ' or level >= 1' else mine || ' or level >= 2' end;
    execute format('create policy decide_%s on review_items for update to balie_%1$s using (%2$s and signed_at is null%3$s)
      with check (%2$s and (decided_by is null or %4$s) and (signed_by is null or signed_by = (select me(%1$L)))
        and (moved_by is null or reviewer is not null))',
      r, open, case r when 'manager' then ' and ' || mine else '' end, can);
    execute format('create policy add_%s on review_steps for insert to balie_%1$s with check (by = (select me(%1$L))
      and exists (select from review_items i where i.review_id = review_steps.review_id and i.grant_id = review_steps.grant_id and i.person_id <> (select me(%1$L))))', r);
    execute format('grant update (reviewer, by, moved_by, decision, reason, decided_by, decided_at, new_role, new_until, signed_by, signed_at, version) on review_items to balie_%s', r);
    execute format('grant insert (review_id, grant_id, by, what, detail) on review_steps to balie_%s', r);
    execute format('create policy own_%s on review_deputies to balie_%1$s using (person_id = (select me(%1$L))) with check (person_id = (select me(%1$L)) and set_by = person_id)', r);
    execute format('grant insert (person_id, deputy_id, until, set_by), update (deputy_id, until, set_by, set_at), delete on review_deputies to balie_%s', r);
  end loop;
  foreach r in array array['privacy','admin'] loop
    execute format('create policy all_%s on review_deputies to balie_%1$s using ((select me(%1$L)) is not null) with check (set_by = (select me(%1$L)))', r);
    execute format('create policy add_%s on reviews for insert to balie_%1$s with check (opened_by = (select me(%1$L)) and period is null and num_nonnulls(person_id, role) = 1)', r);
    execute format('grant insert (person_id, role, reason, opened_by, since, until, due_at) on reviews to balie_%s', r);
  end loop;
end $$;
grant insert (period, reason, since, until, due_at), update (ready_at, closed_at, record, digest) on reviews to balie_clock;
grant insert (review_id, grant_id, person_id, role, reviewer, by, snapshot, viewed),
  update (reviewer, by, level, usual, decision, reason, decided_at, signed_at, version) on review_items to balie_clock;
grant insert (review_id, grant_id, by, what, detail) on review_steps to balie_clock;
grant select on grants, people, teams to balie_gate;

-- A review that closes in spite of a reviewer must leave somebody who can let
-- others in: how many remain beside this one.
create function other_lasting_admins(person int) returns int
language sql stable security definer set search_path = public, pg_temp as $$
  select count(distinct p.id)::int from people p join grants g on g.person_id = p.id
  where p.id <> person and p.joined_at is not null and p.revoked_at is null and g.role = 'admin'
    and not g.pending and g.ended_at is null and g.until is null
    and (not exists (select from keys k where k.person_id = p.id)
      or exists (select from keys k where k.person_id = p.id and k.removed_at is null and k.suspended_at is null))
$$;

-- What waits for the actor as a reviewer, whichever role is worn: how much and
-- until when, no more.
create function reviews_waiting(worn text) returns table (id int, period text, due_at timestamptz, waiting int, unsigned int)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.id, coalesce(r.period, ''), r.due_at, count(*) filter (where i.decision = '' and i.reviewer = me(worn))::int, count(*) filter (where i.decision <> '')::int
  from reviews r join review_items i on i.review_id = r.id
  where r.ready_at is not null and r.closed_at is null and i.signed_at is null and (i.reviewer = me(worn) or i.decided_by = me(worn))
  group by 1, 2, 3 order by 3, 1
$$;

-- What one does at every sign-in is no use of a role.
create function is_use(act text) returns bool language sql immutable as $$
  select split_part(act, '.', 1) not in ('profile','attention','session','signin','signout','join')
$$;

-- What somebody did in a role: per act how often, whose data, on how many days.
-- Counts only, and for the clock, which takes the snapshot.
create function review_acts(person int, worn text, since timestamptz, until timestamptz, zone text)
returns table (act text, times bigint, subjects bigint, days bigint, last timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.act, count(distinct a.id), count(distinct s), count(distinct (a.at at time zone zone)::date), max(a.at)
  from audit a left join lateral unnest(a.subjects) s on true
  where current_setting('role') = 'balie_clock' and a.actor = person and a.role = worn and a.at >= since and a.at < until
    and not a.refused and is_use(a.act)
  group by a.act
$$;

-- Whose data somebody saw in a role: how many, in each stretch between bounds.
create function review_seen(person int, worn text, bounds timestamptz[]) returns table (stretch int, viewed bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select width_bucket(a.at, bounds), count(distinct s)
  from audit a cross join lateral unnest(a.subjects) s
  where current_setting('role') = 'balie_clock' and a.actor = person and a.role = worn
    and a.at >= bounds[1] and a.at < bounds[array_upper(bounds, 1)] and not a.refused and is_use(a.act)
  group by 1
$$;

-- When a role was last used.
create function review_used(person int, worn text, before timestamptz) returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
  select a.at from audit a
  where current_setting('role') = 'balie_clock' and a.actor = person and a.role = worn and a.at < before
    and not a.refused and is_use(a.act)
  order by a.id desc limit 1
$$;

-- Who may review others now.
create function reviewers() returns table (person_id int, role text)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.id, g.role from people p join grants g on g.person_id = p.id
  where p.joined_at is not null and p.revoked_at is null and g.role in ('manager', 'privacy', 'admin')
    and not g.pending and g.ended_at is null and (g.until is null or g.until > now())
  order by 1, 2
$$;

do $$
declare f text;
begin
  foreach f in array array['reviewers()','reviews_waiting(text)','other_lasting_admins(int)','review_acts(int,text,timestamptz,timestamptz,text)','review_seen(int,text,timestamptz[])','review_used(int,text,timestamptz)'] loop
    execute format('alter function %s owner to balie_gate', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant select on reviews, review_items to balie_gate;
grant execute on function reviews_waiting(text) to balie_sales, balie_manager, balie_finance, balie_privacy, balie_admin, balie_auditor;
grant execute on function reviewers(), other_lasting_admins(int) to balie_manager, balie_privacy, balie_admin;
grant execute on function live_admins(), lasting_admins() to balie_manager, balie_privacy;
grant execute on function review_acts(int,text,timestamptz,timestamptz,text), review_seen(int,text,timestamptz[]), review_used(int,text,timestamptz) to balie_clock;

-- A reviewer ends the grant under review, or brings its end nearer; another
-- role for it waits for an admin's word. The last admin stays.
do $$
declare r text; under text; remains text;
begin
  foreach r in array array['manager','privacy','admin'] loop
    under := format('exists (select from review_items i where i.grant_id = grants.id and i.signed_at is null and i.decided_by = (select me(%L)))', r);
    remains := '(role <> ''admin'' or other_lasting_admins(person_id) > 0)';
    execute format('create policy review_%s on grants for update to balie_%1$s using (ended_at is null and %2$s)
      with check (%2$s and %3$s and (ended_at is not null and ended_by = (select me(%1$L)) or ended_at is null and until is not null))', r, under, remains);
    if r <> 'admin' then
      execute format('create policy review_add_%s on grants for insert to balie_%1$s with check (pending and granted_by = (select me(%1$L))
        and person_id <> granted_by and agreed_by is null and ended_at is null and role not in (''admin'', ''privacy'')
        and exists (select from review_items i where i.person_id = grants.person_id and i.new_role = grants.role
          and i.signed_at is null and i.decided_by = (select me(%1$L))))', r);
      execute format('grant insert (person_id, role, reason, granted_by, pending, until), update (ended_at, ended_by, end_reason) on grants to balie_%s', r);
    end if;
    execute format('grant update (until) on grants to balie_%s', r);
  end loop;
end $$;
create policy review_see_manager on grants for select to balie_manager using (
  exists (select from review_items i where i.grant_id = grants.id and i.person_id <> (select me('manager'))));

-- The end of a grant only comes nearer: more time is a new grant.
create function until_nearer() returns trigger language plpgsql as $$
begin
  if new.until is null or new.until > old.until or old.ended_at is not null then
    raise insufficient_privilege using message = 'the end of a grant only comes nearer';
  end if;
  return new;
end $$;
create trigger until_nearer before update of until on grants for each row
  when (new.until is distinct from old.until) execute function until_nearer();

-- The same as policy.IsAccess.
create or replace function is_access_act(act text) returns bool language sql immutable as $$
  select split_part(act, '.', 1) in ('person','key','session','signin','signout','join','profile','setting','review')
$$;
revoke create on schema public from balie_gate;
