-- An activity can be put right, and what was changed of it and of tasks stays
-- known: from what to what, by whom.
alter table activities add version int not null default 1, add updated_at timestamptz;

create table activity_history (
  activity_id bigint not null references activities on delete cascade,
  version     int not null,
  at          timestamptz not null,
  person_id   int not null references people,
  act         text not null,
  request     uuid not null,
  fields      text[] not null,
  detail      bytea not null, -- sealed under the customer's key
  primary key (activity_id, version)
);

-- A task may be another customer's by now: what it was is sealed under the key of
-- whose it was then, and goes with that one.
create table task_history (
  task_id     bigint not null references tasks on delete cascade,
  version     int not null,
  customer_id bigint references customers on delete cascade,
  at          timestamptz not null,
  person_id   int not null references people,
  act         text not null,
  request     uuid not null,
  fields      text[] not null,
  detail      bytea not null,
  primary key (task_id, version)
);
create index task_history_customer on task_history (customer_id) where customer_id is not null;

do $$
declare r text; seen text;
begin
  foreach r in array array['activity_history','task_history'] loop
    execute format('alter table %I enable row level security, force row level security', r);
  end loop;
  foreach r in array array['sales','manager','privacy'] loop
    seen := 'exists (select from activities a where a.id = activity_id)';
    execute format('create policy see_%s on activity_history for select to balie_%1$s using (%2$s)', r, seen);
    execute format('create policy see_%s on task_history for select to balie_%1$s using (exists (select from tasks t where t.id = task_id))', r);
    execute format('grant select on activity_history, task_history to balie_%s', r);
    continue when r = 'privacy';
    execute format('create policy add_%s on activity_history for insert to balie_%1$s with check (%2$s and person_id = (select me(%1$L)))', r, seen);
    execute format('create policy add_%s on task_history for insert to balie_%1$s with check (person_id = (select me(%1$L))
      and exists (select from tasks t where t.id = task_id and t.customer_id is not distinct from task_history.customer_id))', r);
    execute format('grant insert on activity_history, task_history to balie_%s', r);
    execute format('create policy change_%s on activities for update to balie_%1$s using (exists (select from customers c where c.id = customer_id))', r);
    execute format('grant update (kind, at, minutes, version, updated_at, body) on activities to balie_%s', r);
  end loop;
end $$;

-- They go along when two records of one customer become one (see 0018); what
-- somebody has worked on since stays when that is undone.
alter table movables no force row level security;
update movables set mark = 'version' where tab = 'activities';
alter table movables force row level security;
select movable('activity_history', 'activity_id', 'activity_id << 24 | version', '{detail}', via => 'activities', whose => '(select p.customer_id from activities p where p.id = x.activity_id)'),
  movable('task_history', 'customer_id', 'task_id << 24 | version', '{detail}');

-- As it was, but what somebody put right since is no import's any more.
do $$
declare
  def text := pg_get_functiondef('revert_rows(bigint)'::regprocedure);
  part text := 'delete from activities where import_id = import returning';
begin
  if position(part in def) = 0 then raise 'not in revert_rows: %', part; end if;
  execute replace(def, part, 'delete from activities where import_id = import and version = 1 returning');
end $$;
