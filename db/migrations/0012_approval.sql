-- A second person's word on an export of many customers. Of the selection only
-- a keyed digest is kept: it shows that the export is the one that was agreed
-- to, and nobody whom it is about. alone: there was nobody else to ask.
create table approvals (
  id          int generated always as identity primary key,
  person_id   int not null references people,
  role        text not null check (role in ('sales','manager','privacy')),
  size        int not null check (size > 0),
  whole       bool not null,
  raw         bool not null,
  selection   bytea not null,
  reason      bytea not null,
  asked_at    timestamptz not null default now(),
  alone       bool not null default false,
  answered_by int references people,
  answered_at timestamptz,
  agreed      bool not null default false,
  answer      bytea
);
create index approvals_person on approvals (person_id, id desc);

-- Each export, with how many it may take and how many it has. The log lets no
-- page of an export in that is not counted here. An approval serves one.
create table exports (
  id          bigint generated always as identity primary key,
  person_id   int not null references people,
  role        text not null check (role in ('sales','manager','privacy')),
  at          timestamptz not null default now(),
  size        int not null check (size >= 0),
  taken       int not null default 0 check (taken between 0 and size),
  approval_id int unique references approvals
);
create index exports_person on exports (person_id, at);

alter table approvals enable row level security, force row level security;
alter table exports enable row level security, force row level security;
create policy gate on approvals to balie_gate using (true);
create policy gate on exports to balie_gate using (true);
grant select, update on exports to balie_gate;

-- How many customers a person may export in a day on the own word; the default
-- is policy's.
create function export_alone() returns int
language sql stable set search_path = public, pg_temp as $$
  select coalesce((select (s.value #>> '{}')::int from settings s where s.key = 'export.alone' order by s.version desc limit 1), 1000)
$$;

-- How many the actor let out today on the own word. A policy on exports can't
-- look into exports itself.
create function exported_today() returns int
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(sum(e.size), 0)::int from exports e
  where e.person_id = coalesce(me('sales'), me('manager'), me('privacy')) and e.approval_id is null and e.at > now() - interval '24 hours'
$$;

-- Whether anybody but the actor could agree: a privacy officer, an admin, or a
-- manager of the actor's team.
create function others_can_agree() returns bool
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from people p join grants g on g.person_id = p.id, people asker
    where asker.id = coalesce(me('sales'), me('manager'), me('privacy')) and p.id <> asker.id
      and p.joined_at is not null and p.revoked_at is null
      and not g.pending and g.ended_at is null and (g.until is null or g.until > now())
      and (g.role in ('privacy', 'admin') or g.role = 'manager' and p.team_id = asker.team_id))
$$;

-- Counts a page of an export when it is logged, and refuses it when the export
-- has had its number: what is not allowed can't be logged, so it is not done.
create function count_export() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update exports e set taken = e.taken + cardinality(new.subjects)
  where e.id = new.ref and e.person_id = new.actor and e.role = new.role
    and e.at > now() - interval '24 hours' and e.taken + cardinality(new.subjects) <= e.size;
  if not found then
    raise insufficient_privilege;
  end if;
  return new;
end $$;
create trigger count_export before insert on audit for each row
  when (new.act = 'customer.export' and not new.refused and current_setting('role') like 'balie\_%')
  execute function count_export();

do $$
declare f text;
begin
  grant create on schema public to balie_gate; -- a function changes hands only so
  foreach f in array array['exported_today()','others_can_agree()','count_export()'] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to balie_gate', f);
  end loop;
  revoke create on schema public from balie_gate;
end $$;
revoke all on function export_alone() from public;
grant execute on function export_alone(), exported_today(), others_can_agree() to balie_sales, balie_manager, balie_privacy;

do $$
declare r text; reach text;
begin
  foreach r in array array['sales','manager','privacy'] loop
    execute format('create policy own_%s on approvals for select to balie_%1$s using (person_id = (select me(%1$L)))', r);
    execute format($p$create policy ask_%s on approvals for insert to balie_%1$s with check (
      person_id = (select me(%1$L)) and role = %1$L and asked_at = now()
      and (not alone and not agreed and answered_at is null
        or alone and agreed and answered_at = now() and not others_can_agree()))$p$, r);
    execute format('grant insert (person_id, role, size, whole, raw, selection, reason, alone, agreed, answered_at) on approvals to balie_%s', r);
    execute format('create policy own_%s on exports for select to balie_%1$s using (person_id = (select me(%1$L)))', r);
    execute format($p$create policy begin_%s on exports for insert to balie_%1$s with check (
      person_id = (select me(%1$L)) and role = %1$L and at = now() and taken = 0
      and (approval_id is null and size + exported_today() <= export_alone()
        or exists (select from approvals a where a.id = approval_id and a.person_id = exports.person_id and a.role = exports.role
            and a.agreed and a.answered_at > now() - interval '24 hours' and a.size >= exports.size)))$p$, r);
    execute format('grant select on exports to balie_%s', r);
    execute format('grant insert (person_id, role, size, approval_id) on exports to balie_%s', r);
  end loop;
  -- Who answers: never who asked, once, within a week.
  foreach r in array array['manager','privacy','admin'] loop
    reach := case r when 'manager' then 'person_id in (select team())' else format('(select me(%L)) is not null', r) end;
    execute format('create policy all_%s on approvals for select to balie_%1$s using (%2$s)', r, reach);
    execute format('create policy all_%s on exports for select to balie_%1$s using (%2$s)', r, reach);
    execute format($p$create policy answer_%s on approvals for update to balie_%1$s
      using (%2$s and person_id <> (select me(%1$L)) and answered_at is null and asked_at > now() - interval '7 days')
      with check (answered_by = (select me(%1$L)) and answered_at = now())$p$, r, reach);
    execute format('grant update (answered_by, answered_at, agreed, answer) on approvals to balie_%s', r);
  end loop;
  execute 'create policy all_auditor on approvals for select to balie_auditor using ((select me(''auditor'')) is not null)';
  execute 'create policy all_auditor on exports for select to balie_auditor using ((select me(''auditor'')) is not null)';
  foreach r in array array['sales','manager','privacy','admin','auditor'] loop
    execute format('grant select (id, person_id, role, size, whole, raw, selection, reason, asked_at, alone, answered_by, answered_at, agreed, answer) on approvals to balie_%s', r);
  end loop;
  grant select on exports to balie_admin, balie_auditor;
end $$;

-- Who may answer sees these in the log, too: the same as policy.IsAccess. Added
-- to what earlier migrations say.
do $$ begin
  execute replace(pg_get_functiondef('is_access_act(text)'::regprocedure), '''join''', '''join'',''approval''');
end $$;

-- Takes a hand-over back: within ten minutes, by who did it, to whose the
-- customer was, and only while nobody has worked with it since. What is taken
-- back is the actor's to see again, who then moves the search rows along by
-- take_tokens: before that they can't be worked out.
create function take_back(ids bigint[], owners int[], holder int) returns setof bigint
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query
    update customers c set scope = b.owner, version = c.version + 1, updated_at = now()
    from unnest(ids, owners) b (id, owner), history h
    where c.id = b.id and c.scope = holder and b.owner <> holder
      and (b.owner = me('sales') or b.owner in (select team()))
      and h.customer_id = c.id and h.version = c.version and h.act = 'customer.handover'
      and h.person_id = coalesce(me('sales'), me('manager')) and h.at > now() - interval '10 minutes'
      and not exists (select from notes n where n.customer_id = c.id and n.at > h.at)
    returning c.id;
end $$;
grant select on history to balie_gate;

create function take_tokens(tokens bigint[], buckets int[], ids bigint[], holder int) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update search_tokens t set scope = c.scope
  from unnest(tokens, buckets, ids) u (token, bucket, id) join customers c on c.id = u.id
  where t.token = u.token and t.scope = holder and t.bucket = u.bucket and t.customer_id = u.id
    and (c.scope = me('sales') or c.scope in (select team()));
end $$;

do $$
declare f text;
begin
  grant create on schema public to balie_gate;
  foreach f in array array['take_back(bigint[],int[],int)','take_tokens(bigint[],int[],bigint[],int)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to balie_gate', f);
    execute format('grant execute on function %s to balie_sales, balie_manager', f);
  end loop;
  revoke create on schema public from balie_gate;
end $$;
