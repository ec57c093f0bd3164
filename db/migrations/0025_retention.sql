-- How long what is kept: the organisation's rules, one row per change. The newest
-- that a second person agreed to counts; the program brings the defaults, of
-- which version 0 is agreed to in the same way.
create table retention_rules (
  key         text not null,
  version     int not null,
  status      smallint not null default 0,
  purpose     text not null default '',
  basis       text not null default '',
  start       text not null check (start in ('contact', 'contract', 'bookyear', 'procedure')),
  n           int not null check (n between 1 and 600),
  unit        text not null check (unit in ('weeks', 'months', 'years')),
  statistics  bool not null,
  reason      bytea not null, -- sealed under the system key
  proposed_by int references people, -- null: the program
  proposed_at timestamptz not null default now(),
  approved_by int references people,
  approved_at timestamptz,
  dropped_at  timestamptz, -- taken back before anybody agreed
  primary key (key, version),
  check ((approved_by is null) = (approved_at is null)),
  check (approved_by is distinct from proposed_by or approved_by is null)
);

-- What keeps a customer when its term is over: a legal hold, or a documented
-- reason. Reasons are sealed under the customer's key.
create table legal_holds (
  id          bigint generated always as identity primary key,
  customer_id bigint not null references customers on delete cascade,
  sort        text not null check (sort in ('hold', 'keep')),
  until       date not null,
  reason      bytea not null,
  at          timestamptz not null default now(),
  person_id   int not null references people,
  ended_at    timestamptz,
  ended_by    int references people,
  end_reason  bytea,
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (end_reason is null))
);
create index legal_holds_customer on legal_holds (customer_id);

-- When a contract or a procedure ended, from which terms count: the last of those
-- that nobody put another one in the place of. Two customers that become one may
-- have one each.
create table retention_events (
  id          bigint generated always as identity primary key,
  customer_id bigint not null references customers on delete cascade,
  event       text not null check (event in ('contract', 'procedure')),
  on_date     date not null,
  at          timestamptz not null default now(),
  person_id   int not null references people,
  replaced_at timestamptz
);
create index retention_events_customer on retention_events (customer_id);
create index retention_events_date on retention_events (event, on_date, customer_id) where replaced_at is null;

-- Whose term is over is first put away for a while: nobody but the officer sees
-- it, who may still keep it.
alter table customers add column archived_at timestamptz;
create index customers_archived on customers (archived_at, id) where archived_at is not null;
create table archived (
  customer_id bigint primary key references customers on delete cascade,
  rule        text not null
);

-- How many left, of whom nothing else is known. Small figures are told to nobody.
create table departed (
  year   int not null,
  kind   smallint not null,
  status smallint not null,
  region text not null,
  n      int not null,
  primary key (year, kind, status, region)
);

do $$
declare t text; r text; seen text;
begin
  foreach t in array array['retention_rules','legal_holds','retention_events','archived','departed'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy gate on %I to balie_gate using (true) with check (true)', t);
    execute format('create policy clock on %I for select to balie_clock using (true)', t);
    execute format('grant select on %I to balie_clock, balie_gate', t);
  end loop;
  foreach r in array array['sales','manager','finance','privacy','admin','auditor'] loop
    execute format('create policy see_%s on retention_rules for select to balie_%1$s using ((select me(%1$L)) is not null)', r);
    execute format('grant select on retention_rules to balie_%s', r);
  end loop;
  -- Who answers a change is never who proposed it; what was agreed to stays.
  foreach r in array array['privacy','admin'] loop
    execute format($p$create policy add_%s on retention_rules for insert to balie_%1$s with check ((select me(%1$L)) is not null and proposed_at = now() and dropped_at is null
      and (proposed_by = (select me(%1$L)) and approved_by is null or version = 0 and proposed_by is null and approved_by = (select me(%1$L)) and approved_at = now()))$p$, r);
    execute format($p$create policy answer_%s on retention_rules for update to balie_%1$s
      using ((select me(%1$L)) is not null and approved_by is null and dropped_at is null)
      with check (approved_by = (select me(%1$L)) and approved_by is distinct from proposed_by and approved_at = now() or dropped_at = now() and approved_by is null)$p$, r);
    execute format('grant insert (key, version, status, purpose, basis, start, n, unit, statistics, reason, proposed_by, approved_by, approved_at), update (approved_by, approved_at, dropped_at) on retention_rules to balie_%s', r);
  end loop;
  seen := 'exists (select from customers c where c.id = customer_id)';
  foreach r in array array['sales','manager','privacy'] loop
    foreach t in array array['legal_holds','retention_events'] loop
      execute format('create policy see_%s on %I for select to balie_%1$s using (%3$s)', r, t, seen);
      execute format('grant select on %I to balie_%s', t, r);
    end loop;
    execute format('create policy add_%s on retention_events for insert to balie_%1$s with check (%2$s and person_id = (select me(%1$L)) and replaced_at is null)', r, seen);
    execute format('create policy replace_%s on retention_events for update to balie_%1$s using (%2$s and replaced_at is null) with check (%2$s and replaced_at = now())', r, seen);
    execute format('grant insert (customer_id, event, on_date, person_id), update (replaced_at) on retention_events to balie_%s', r);
    -- What is put away is the officer's only; restrictive, so that it counts
    -- beside every policy that there is. Deals and tasks are seen by who works on
    -- them too: for these the numbers of the put away are known, and no more.
    continue when r = 'privacy';
    execute format('create policy archived_%s on customers as restrictive for select to balie_%1$s using (archived_at is null)', r);
    execute format('create policy see_%s on archived for select to balie_%1$s using ((select me(%1$L)) is not null)', r);
    execute format('grant select (customer_id) on archived to balie_%s', r);
    foreach t in array array['deals','tasks'] loop
      execute format('create policy archived_%s on %I as restrictive for select to balie_%1$s
        using (customer_id is null or not exists (select from archived a where a.customer_id = %2$I.customer_id))', r, t);
    end loop;
  end loop;
end $$;
create policy see_privacy on archived for select to balie_privacy using (exists (select from customers c where c.id = customer_id));
grant select on archived to balie_privacy;
create policy add_privacy on legal_holds for insert to balie_privacy
  with check (exists (select from customers c where c.id = customer_id) and person_id = (select me('privacy')) and ended_at is null);
create policy end_privacy on legal_holds for update to balie_privacy
  using (ended_at is null and exists (select from customers c where c.id = customer_id)) with check (ended_by = (select me('privacy')) and ended_at = now());
grant insert (customer_id, sort, until, reason, person_id), update (ended_at, ended_by, end_reason) on legal_holds to balie_privacy;

-- The clock looks at all that terms depend on.
create policy retention_clock on deals for select to balie_clock using (true);
create policy retention_clock on invoices for select to balie_clock using (true);
create policy retention_clock on past_invoices for select to balie_clock using (true);
grant select (id, customer_id, kept_through) on past_invoices to balie_clock;
create index past_invoices_kept on past_invoices (kept_through, id);
create policy retain_clock on customers for update to balie_clock using (true) with check (false); -- only to lock
grant select (customer_id, closed_at) on deals to balie_clock;
grant select (subject_id, closed_at) on requests to balie_clock;
grant select on invoices to balie_clock;
create policy count_clock on departed for insert to balie_clock with check (true);
create policy more_clock on departed for update to balie_clock using (true);
create policy fold_clock on departed for delete to balie_clock using (true);
grant insert, update (n), delete on departed to balie_clock;

-- That a hold lives. In doubt about the day it does: the program knows the
-- organisation's time zone, and this only keeps it from a mistake.
create function is_held(customer bigint, sorts text[]) returns bool
language sql stable set search_path = public, pg_temp as $$
  select exists (select from legal_holds h where h.customer_id = customer and h.ended_at is null and h.sort = any(sorts) and h.until >= current_date - 1)
$$;
-- What no rule may take: held, kept for a reason, or restricted (art. 18 GDPR).
create function is_kept(customer bigint) returns bool
language sql stable set search_path = public, pg_temp as $$
  select is_held(customer, '{hold,keep}') or exists (select from customers c where c.id = customer and c.restricted)
$$;

-- What a legal hold keeps is not deleted, by whatever way.
create function held_stays() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if is_held(old.id, '{hold}') then
    raise insufficient_privilege;
  end if;
  return old;
end $$;
create trigger held_stays before delete on customers for each row execute function held_stays();

-- The clock puts away, and takes back; the officer only takes back.
create function archive_customers(ids bigint[], by_rule text) returns setof bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with put as (update customers c set archived_at = now() where c.id = any(ids) and c.archived_at is null
      and not is_kept(c.id) and current_setting('role') = 'balie_clock' returning c.id),
    noted as (insert into archived select p.id, by_rule from put p on conflict (customer_id) do update set rule = excluded.rule)
  select id from put
$$;
create function unarchive_customers(ids bigint[]) returns setof bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with may as (select 1 where current_setting('role') = 'balie_clock' or me('privacy') is not null and coalesce(current_setting('app.reason', true), '') <> ''),
    forgotten as (delete from archived a using may where a.customer_id = any(ids))
  update customers c set archived_at = null from may where c.id = any(ids) and c.archived_at is not null returning c.id
$$;

-- Invoices whose term is over, by the clock: with their keys and payments. What
-- keeps a customer keeps the invoices too.
create function erase_invoices(ids bigint[], before date) returns setof bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare gone bigint[];
begin
  if current_setting('role') <> 'balie_clock' then return; end if;
  select coalesce(array_agg(g.id), '{}') into gone from (
    select i.id from invoices i where i.id = any(ids) and i.issued_on is not null and i.kept_through < least(before, current_date) and i.settled and not is_kept(i.customer_id)
      and not exists (select from invoices c where c.credits = i.id and not c.id = any(ids))
    union all select p.id from past_invoices p where p.id = any(ids) and p.kept_through < least(before, current_date) and not is_kept(p.customer_id)) g;
  delete from past_invoices p where p.id = any(gone);
  delete from payments p where p.invoice_id = any(gone);
  delete from invoices i where i.id = any(gone) and i.credits is not null;
  delete from invoices i where i.id = any(gone);
  delete from subject_keys k where k.subject_id = any(gone);
  return query select unnest(gone);
end $$;
create function bare_invoice(invoice bigint, new_body bytea) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  update invoices set body = new_body, bare = true
  where id = invoice and erased_at is not null and settled and not bare and current_setting('role') = 'balie_clock'
$$;
grant select, delete on payments to balie_gate;
grant insert, update, delete on archived to balie_gate;
create index invoices_kept on invoices (kept_through, id) where issued_on is not null;

-- Figures of who left: none of fewer than ten; the small ones together, if these
-- are ten.
create function retention_statistics() returns table (year int, kind smallint, status smallint, region text, n bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with may as (select 1 where coalesce(me('manager'), me('privacy'), me('admin'), me('auditor')) is not null)
  select d.year, d.kind, d.status, d.region, d.n::bigint from departed d, may where d.n >= 10
  union all
  select d.year, 0::smallint, 0::smallint, '', sum(d.n) from departed d, may where d.n < 10 group by d.year having sum(d.n) >= 10
$$;

do $$
declare f text;
begin
  grant create on schema public to balie_gate; -- needed while the functions change hands
  foreach f in array array['archive_customers(bigint[],text)','unarchive_customers(bigint[])','erase_invoices(bigint[],date)','bare_invoice(bigint,bytea)','retention_statistics()'] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to balie_gate', f);
  end loop;
  revoke create on schema public from balie_gate;
end $$;
revoke all on function is_held(bigint, text[]), is_kept(bigint), held_stays() from public;
grant execute on function is_held(bigint, text[]), is_kept(bigint) to balie_gate, balie_clock, balie_privacy;
grant execute on function archive_customers(bigint[],text), erase_invoices(bigint[],date), bare_invoice(bigint,bytea) to balie_clock;
grant execute on function unarchive_customers(bigint[]) to balie_clock, balie_privacy;
grant execute on function retention_statistics() to balie_manager, balie_privacy, balie_admin, balie_auditor;

-- Earlier functions, as they were, but: the clock erases only who was put away and
-- is held by nothing, and an officer nobody whom a legal hold keeps; of who is put
-- away nobody but the officer learns, changes or hands over anything.
create function pg_temp.amend(name regprocedure, part text, by_part text) returns void language plpgsql as $$
begin
  if position(part in pg_get_functiondef(name)) = 0 then
    raise exception 'not in %: %', name, part;
  end if;
  execute replace(pg_get_functiondef(name), part, by_part);
end $$;
select pg_temp.amend('erase_customers(bigint[],bytea[],text[],bigint[],int[],int[],bigint[],bigint[],bytea[],bytea[],text[],bigint[])',
  'where c.id = any(subjects) order by c.id for update) c;',
  'where c.id = any(subjects) and not is_held(c.id, ''{hold}'')
    and (officer is not null or c.archived_at is not null and not is_kept(c.id)) order by c.id for update) c;');
select pg_temp.amend('hand_over(bigint[],int,bigint[],int[],bigint[])', 'c.scope in (select handable())',
  'c.scope in (select handable()) and (c.archived_at is null or current_setting(''role'') = ''balie_clock'')');
select pg_temp.amend(f, '(c.scope = me(''sales'') or c.scope in (select team())', '(c.archived_at is null and (c.scope = me(''sales'') or c.scope in (select team()))')
  from unnest(array['exposure(bigint,text,date,int)', 'may_rectify(bigint)']::regprocedure[]) f;
select pg_temp.amend('in_reach(bigint)', 'c.id = subject and (', 'c.id = subject and c.archived_at is null and (');
select movable('legal_holds', 'customer_id', 'id', '{reason,end_reason}'), movable('retention_events', 'customer_id', 'id'),
  movable('archived', 'customer_id', '0'); -- who is put away is merged with nobody

-- Sales and managers see until when a customer is kept.
grant select (kept_through) on invoices to balie_sales, balie_manager;
