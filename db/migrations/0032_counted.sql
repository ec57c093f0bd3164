-- How many customers there are by owner and status. An auditor's first screen
-- took half a second to count a million of them. Each statement adds what it
-- changed as rows of its own, so that no writer waits for another; the nightly
-- sweep puts them together.
create table customer_tally (
  id       bigint generated always as identity primary key,
  scope    int not null,
  status   smallint not null,
  kind     smallint not null,
  archived bool not null,
  n        bigint not null
);
create index customer_tally_scope on customer_tally (scope, status) include (n) where not archived;
alter table customer_tally enable row level security, force row level security;
create policy gate on customer_tally to balie_gate using (true);
create policy clock on customer_tally to balie_clock using (true);
grant select, insert on customer_tally to balie_gate;
grant select, insert, delete on customer_tally to balie_clock;

-- Counted are those whom somebody may see: see_… and archived_… on customers.
create policy see_sales on customer_tally for select to balie_sales using (scope = (select me('sales')) and not archived);
create policy see_manager on customer_tally for select to balie_manager using (scope in (select team()) and not archived);
create policy see_privacy on customer_tally for select to balie_privacy using ((select me('privacy')) is not null and coalesce(current_setting('app.reason', true), '') <> '');
grant select on customer_tally to balie_sales, balie_manager, balie_privacy;

create function tally_customers() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into customer_tally (scope, status, kind, archived, n)
      select c.scope, c.status, c.kind, c.archived_at is not null, count(*) from came c group by 1, 2, 3, 4;
  elsif tg_op = 'DELETE' then
    insert into customer_tally (scope, status, kind, archived, n)
      select c.scope, c.status, c.kind, c.archived_at is not null, -count(*) from went c group by 1, 2, 3, 4;
  else
    insert into customer_tally (scope, status, kind, archived, n) select x.scope, x.status, x.kind, x.archived_at is not null, sum(x.n)
      from (select c.scope, c.status, c.kind, c.archived_at, 1 as n from came c
        union all select c.scope, c.status, c.kind, c.archived_at, -1 from went c) x
      group by 1, 2, 3, 4 having sum(x.n) <> 0;
  end if;
  return null;
end $$;

-- The owner of a hosted PostgreSQL stands under forced row security as well.
alter table customers no force row level security;
alter table customer_tally no force row level security;
create trigger tally_came after insert on customers referencing new table as came for each statement execute function tally_customers();
create trigger tally_went after delete on customers referencing old table as went for each statement execute function tally_customers();
create trigger tally_changed after update on customers referencing old table as went new table as came for each statement execute function tally_customers();
insert into customer_tally (scope, status, kind, archived, n)
  select c.scope, c.status, c.kind, c.archived_at is not null, count(*) from customers c group by 1, 2, 3, 4;
alter table customers force row level security;
alter table customer_tally force row level security;

create or replace function customer_counts() returns table (status smallint, kind smallint, owner int, n bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.status, t.kind, t.scope, sum(t.n)::bigint from customer_tally t
  where me('auditor') is not null group by 1, 2, 3 having sum(t.n) > 0
$$;

grant create on schema public to balie_gate; -- needed while the function changes hands
alter function tally_customers() owner to balie_gate;
revoke create on schema public from balie_gate;
revoke all on function tally_customers() from public;

-- Fewer indexes, since an import writes each: what one counted is tallied, and
-- one order by activity, read either way, serves lists and the sweep.
drop index customers_counts;
drop index customers_import;
create index customers_import on customers using brin (import_id); -- rows of one import stand together
drop index customers_retention;
drop index customers_activity;
drop index customers_scope_activity;
create index customers_activity on customers (last_activity, id);
create index customers_scope_activity on customers (scope, last_activity, id);

-- Who sees both of a pair was looked up for every pair there is. The job notes it
-- when it meets one: their owner, their team, or neither. Who changes hands
-- counts from the next week on, and only where row security says so too.
alter table duplicates add column scope int, add column team int;
create index duplicates_scope on duplicates (scope) where scope is not null and dismissed_at is null;
create index duplicates_team on duplicates (team) where team is not null and dismissed_at is null;
create index duplicates_apart on duplicates (a, b) where scope is null and team is null and dismissed_at is null;
create or replace function pairs_apart(most int) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) from (select from duplicates d
    join customers a on a.id = d.a join customers b on b.id = d.b join people p on p.id = a.scope join people q on q.id = b.scope
    where d.scope is null and d.team is null and d.dismissed_at is null
      and a.scope <> b.scope and p.team_id is distinct from q.team_id and me('privacy') is not null limit most) x
$$;
