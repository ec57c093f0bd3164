-- Saved views of lists: a name, a filter and columns, one's own or shared with
-- one's team. What a filter says may name a person, so it is sealed, under the
-- system key: a view belongs to no customer.
create sequence view_ids;
create table saved_views (
  id         bigint primary key, -- from view_ids
  person_id  int not null references people,
  list       text not null check (list in ('contacts', 'deals', 'tasks', 'invoices')),
  place      int not null,
  shared     bool not null default false,
  updated_at timestamptz not null,
  version    int not null default 1,
  body       bytea not null
);
create index saved_views_person on saved_views (person_id, list, place);
alter table saved_views enable row level security, force row level security;
create policy gate on saved_views to balie_gate using (true) with check (true);

-- Shared ones are seen by those who are in their owner's team now; a manager may
-- also throw them away, since their owner may be gone.
do $$
declare r text; mine text; mates text;
begin
  foreach r in array array['sales','manager','finance','privacy'] loop
    mine := format('person_id = (select me(%L))', r);
    mates := format('shared and (select me(%L)) is not null and person_id in
      (select p.id from people p join people m on m.team_id = p.team_id where m.id = (select me(%1$L)))', r);
    execute format('create policy see_%s on saved_views for select to balie_%1$s using (%2$s or %3$s)', r, mine, mates);
    execute format('create policy add_%s on saved_views for insert to balie_%1$s with check (%2$s and (not shared
      or exists (select from people p where p.id = person_id and p.team_id is not null)))', r, mine);
    execute format('create policy change_%s on saved_views for update to balie_%1$s using (%2$s) with check (%2$s and (not shared
      or exists (select from people p where p.id = person_id and p.team_id is not null)))', r, mine);
    execute format('create policy drop_%s on saved_views for delete to balie_%1$s using (%2$s)', r,
      mine || case when r = 'manager' then ' or shared and person_id in (select team())' else '' end);
    execute format('grant select, delete on saved_views to balie_%s', r);
    execute format('grant insert (id, person_id, list, place, shared, updated_at, body), update (place, shared, updated_at, version, body) on saved_views to balie_%s', r);
    execute format('grant usage on sequence view_ids to balie_%s', r);
  end loop;
end $$;
