-- The organisation's own fields: what for, on which basis, for how long and for
-- whom. What stands in them is sealed with the rest of a record; that they exist
-- tells about nobody. One that is dropped is seen by nobody from then on, while
-- the clock deletes what stands in it.
create table fields (
  id         int generated always as identity primary key,
  entity     text not null check (entity in ('person', 'company', 'deal')),
  name       text not null check (name <> ''),
  english    text not null default '',
  kind       text not null check (kind in ('text', 'number', 'date', 'choice', 'yesno')),
  choices    jsonb not null default '[]',
  purpose    text not null check (purpose <> ''),
  basis      text not null check (basis in ('contract', 'interest', 'consent', 'obligation')),
  months     int not null check (months between 1 and 240),
  readers    text[] not null check (readers <@ array['sales', 'manager', 'privacy'] and 'privacy' = any(readers)),
  version    int not null default 1,
  created_at timestamptz not null default now(),
  created_by int not null references people,
  retired_at timestamptz,
  dropped_at timestamptz,
  dropped_by int references people,
  cleared_at timestamptz, -- nothing stands in it any more
  cleared    bigint not null default 0
);
create unique index fields_name on fields (entity, lower(name)) where dropped_at is null;

-- What a field was before: who may see what, and why, has to be told later too.
create table field_history (
  field_id  int not null references fields,
  version   int not null,
  at        timestamptz not null,
  person_id int not null references people,
  was       jsonb not null,
  primary key (field_id, version)
);

-- How many records fill each field, those that come with the program too, and
-- when somebody last did: counted by the clock, for what is sealed can only be
-- counted by opening it.
create table field_usage (
  entity     text not null,
  field      text not null, -- family; x.12
  filled     bigint not null,
  used_at    timestamptz,
  total      bigint not null,
  counted_at timestamptz not null,
  primary key (entity, field)
);

do $$
declare t text; r text;
begin
  foreach t in array array['fields','field_history','field_usage'] loop
    execute format('alter table %I enable row level security, force row level security', t);
  end loop;
  foreach r in array array['manager','privacy','auditor'] loop
    foreach t in array array['fields','field_history','field_usage'] loop
      execute format('create policy live_%s on %I for select to balie_%1$s using ((select me(%1$L)) is not null)', r, t);
      execute format('grant select on %I to balie_%s', t, r);
    end loop;
    continue when r = 'auditor';
    execute format('create policy add_%s on fields for insert to balie_%1$s with check (created_by = (select me(%1$L)))', r);
    execute format('create policy change_%s on fields for update to balie_%1$s using ((select me(%1$L)) is not null and dropped_at is null)
      with check ((select me(%1$L)) is not null and (dropped_at is null or dropped_by = (select me(%1$L))))', r);
    execute format('create policy add_%s on field_history for insert to balie_%1$s with check (person_id = (select me(%1$L)))', r);
    execute format('grant insert (entity, name, english, kind, choices, purpose, basis, months, readers, created_by) on fields to balie_%s', r);
    execute format('grant update (name, english, choices, purpose, basis, months, readers, version, retired_at, dropped_at, dropped_by) on fields to balie_%s', r);
    execute format('grant insert on field_history to balie_%s', r);
  end loop;
end $$;
create policy read_sales on fields for select to balie_sales using ((select me('sales')) is not null and 'sales' = any(readers));
grant select on fields to balie_sales;

-- The clock counts, and deletes what was dropped or has been kept long enough:
-- of a record its body, and of its history what stood in such a field. It sees
-- all records only in a transaction that says so: its other jobs count on seeing
-- no more than is theirs.
create policy clock on fields to balie_clock using (true);
create policy clock on field_usage to balie_clock using (true);
grant select, update (cleared_at, cleared) on fields to balie_clock;
grant select, insert, update, delete on field_usage to balie_clock;
do $$
declare
  t text;
  sweeps text := '(select coalesce(current_setting(''app.sweep'', true), '''')) = ''fields''';
begin
  foreach t in array array['customers','history','deals','deal_history'] loop
    execute format('create policy sweep_see_clock on %I for select to balie_clock using (%s)', t, sweeps);
    execute format('create policy sweep_clock on %I for update to balie_clock using (%s)', t, sweeps);
  end loop;
end $$;
grant update (body) on customers to balie_clock;
grant select (id, customer_id, updated_at, created_at, value, expected, head, body), update (body) on deals to balie_clock;
grant select (customer_id, version, at, fields, detail), update (detail) on history to balie_clock;
grant select (deal_id, version, at, fields, detail), update (detail) on deal_history to balie_clock;
