-- Tasks, of a customer or of nobody, and activities: what was said and done with
-- a customer. Texts are sealed under the customer's key; those of a task without
-- a customer under the system key, bound to its series.
create sequence task_ids;
create table tasks (
  id          bigint primary key,      -- from task_ids
  series      bigint not null,         -- the first of those that come back
  customer_id bigint references customers on delete cascade,
  assignee    int not null references people,
  kind        text not null check (kind in ('todo', 'call', 'mail', 'meeting')),
  due_on      date not null,
  due_minute  smallint check (due_minute between 0 and 1439), -- of the day, on the organisation's wall
  priority    smallint not null check (priority between 1 and 3),
  repeat      text not null check (repeat in ('', 'daily', 'weekly', 'monthly', 'yearly')),
  anchor      date not null,           -- the day on which it was due first: the 31st comes back after February
  next_on     date,                    -- the day on which it came back when it was done
  follows     bigint references tasks on delete set null,
  done_at     timestamptz,
  done_by     int references people,
  created_at  timestamptz not null,
  created_by  int not null references people,
  updated_at  timestamptz not null,
  version     int not null default 1,
  request     uuid not null,
  head        bytea not null,
  body        bytea not null,
  check ((done_at is null) = (done_by is null))
);
create unique index tasks_request on tasks (created_by, request);
create unique index tasks_follows on tasks (follows) where follows is not null; -- comes back once
create index tasks_open on tasks (assignee, due_on) where done_at is null;
create index tasks_done on tasks (assignee, done_at desc) where done_at is not null;
create index tasks_customer on tasks (customer_id) where customer_id is not null;

create table activities (
  id          bigint generated always as identity primary key,
  customer_id bigint not null references customers on delete cascade,
  author      int not null references people,
  kind        text not null check (kind in ('call', 'mail', 'meeting')),
  at          timestamptz not null,
  minutes     int not null check (minutes between 0 and 10080),
  created_at  timestamptz not null,
  request     uuid not null,
  body        bytea not null
);
create unique index activities_request on activities (author, request);
create index activities_customer on activities (customer_id, at desc);

do $$
declare t text;
begin
  foreach t in array array['tasks','activities'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy gate on %I to balie_gate using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, update, delete on tasks to balie_gate;
grant usage on sequence task_ids to balie_gate;

-- A task is seen with its customer, and by whom it is assigned to; one without a
-- customer by its maker too. A manager sees those of the team.
do $$
declare
  r text; mine text; visible text; customer text;
begin
  foreach r in array array['sales','manager'] loop
    mine := case r when 'sales' then '= (select me(''sales''))' else 'in (select team())' end;
    visible := format('assignee %s or customer_id is null and created_by %1$s or exists (select from customers c where c.id = customer_id)', mine);
    customer := 'exists (select from customers c where c.id = customer_id)';
    execute format('create policy see_%s on tasks for select to balie_%1$s using (%2$s)', r, visible);
    execute format('create policy change_%s on tasks for update to balie_%1$s using (%2$s)
      with check ((%2$s) and (done_by is null or done_by = (select me(%1$L)) or done_at < now()))', r, visible);
    execute format('create policy add_%s on tasks for insert to balie_%1$s with check (created_by = (select me(%1$L)) and done_at is null
      and follows is null and series = id and (customer_id is null or %2$s))', r, customer);
    execute format('create policy see_%s on activities for select to balie_%1$s using (%2$s)', r, customer);
    execute format('create policy add_%s on activities for insert to balie_%1$s with check (author = (select me(%1$L)) and %2$s)', r, customer);
    execute format('grant select on tasks, activities to balie_%s', r);
    execute format('grant insert (id, series, customer_id, assignee, kind, due_on, due_minute, priority, repeat, anchor, created_at, created_by, updated_at, request, head, body),
      update (customer_id, assignee, kind, due_on, due_minute, priority, repeat, anchor, next_on, done_at, done_by, updated_at, version, head, body) on tasks to balie_%s', r);
    execute format('grant insert (customer_id, author, kind, at, minutes, created_at, request, body) on activities to balie_%s', r);
    execute format('grant usage on sequence task_ids to balie_%s', r);
  end loop;
end $$;
create policy see_privacy on tasks for select to balie_privacy
  using ((select me('privacy')) is not null and (select coalesce(current_setting('app.reason', true), '')) <> '');
create policy see_privacy on activities for select to balie_privacy using (exists (select from customers c where c.id = customer_id));
grant select on tasks, activities to balie_privacy;

-- The clock looks whether something is due for somebody, and sees no more of it.
create policy clock on tasks for select to balie_clock using (true);
grant select (assignee, due_on, due_minute, done_at) on tasks to balie_clock;

-- What the old owner of a customer had still to do for it is the new owner's.
create function tasks_follow() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update tasks set assignee = new.scope, version = version + 1, updated_at = now()
    where customer_id = new.id and assignee = old.scope and done_at is null;
  return null;
end $$;

-- A task that repeats comes back when it is done, also for an assignee who may
-- not see its customer; and not, when that is taken back.
create function tasks_come_back() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.done_at is null then
    delete from tasks where follows = new.id and version = 1 and done_at is null;
  elsif new.next_on is not null then
    insert into tasks (id, series, customer_id, assignee, kind, due_on, due_minute, priority, repeat, anchor, follows, created_at, created_by, updated_at, request, head, body)
    values (nextval('task_ids'), new.series, new.customer_id, new.assignee, new.kind, new.next_on, new.due_minute, new.priority, new.repeat, new.anchor, new.id,
      now(), new.created_by, now(), gen_random_uuid(), new.head, new.body);
  end if;
  return null;
end $$;

grant create on schema public to balie_gate; -- needed while the functions change hands
do $$
declare f text;
begin
  foreach f in array array['tasks_follow()','tasks_come_back()'] loop
    execute format('alter function %s owner to balie_gate', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
revoke create on schema public from balie_gate;
create trigger tasks_follow after update of scope on customers for each row when (old.scope <> new.scope) execute function tasks_follow();
create trigger tasks_come_back after update of done_at on tasks for each row
  when ((old.done_at is null) <> (new.done_at is null)) execute function tasks_come_back();

-- As it was, but a customer with a task or an activity was worked with too.
create or replace function revert_import(import bigint) returns bigint[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare gone bigint[];
begin
  update imports set reverted_at = now()
  where id = import and reverted_at is null and at > now() - interval '1 day'
    and person_id = coalesce(me('sales'), me('manager'));
  if not found then return null; end if;
  select coalesce(array_agg(c.id), '{}') into gone from customers c
  where c.import_id = import and c.version = 1
    and not exists (select from notes n where n.customer_id = c.id and n.at > c.created_at)
    and not exists (select from tasks t where t.customer_id = c.id) and not exists (select from activities a where a.customer_id = c.id)
    and not exists (select from deals d where d.customer_id = c.id)
    and not exists (select from deal_contacts d where d.contact_id = c.id)
    and not exists (select from memberships m join customers o on o.id = m.contact_id
                    where m.company_id = c.id and (o.import_id is distinct from import or o.version > 1
                      or exists (select from deals d where d.customer_id = o.id)));
  delete from customers c where c.id = any(gone);
  delete from subject_keys k where k.subject_id = any(gone);
  return gone;
end $$;
grant select on activities to balie_gate;
