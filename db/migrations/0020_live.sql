-- What changed lately, so that nodes can tell open screens to look again: kinds
-- and ids only. Each node asks a few times a second for what its last snapshot
-- could not see. That misses nothing, whatever the order of commits, and costs
-- writers one small row: NOTIFY would make them commit one after the other, and
-- may be lost. Not in backups; after a crash of the database it is empty, and
-- every screen looks again.
create unlogged table changes (
  xid      xid8 not null default pg_current_xact_id(),
  kind     text not null,
  id       bigint not null, -- 0: many
  customer bigint not null, -- whom it belongs to; 0: nobody, or many
  scope    int not null     -- whose it is, 0: as its customer
);
create index changes_xid on changes (xid);

-- Who has which record open: a row for each screen, vouched for by its node.
create unlogged table presence (
  pane      text primary key,
  node      text not null,
  person_id int not null,
  kind      text not null,
  id        bigint not null,
  editing   boolean not null,
  seen_at   timestamptz not null default now()
);

do $$
declare t text;
begin
  foreach t in array array['changes','presence'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy door on %I to balie_door using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, delete on changes, presence to balie_door;
grant update (kind, id, editing, seen_at) on presence to balie_door;
create policy gate on changes for insert to balie_gate with check (true);
grant insert on changes to balie_gate;

-- A statement that changes more than fifty rows names the owners alone. What
-- hangs on a customer without an owner of its own tells of the customer.
grant create on schema public to balie_gate; -- needed while the functions change hands
do $$
declare
  of text; kind text; id text; customer text; scope text; told text; e text;
begin
  for of, kind, id, customer, scope in values
    ('customers', 'customer', 'id', 'id', 'scope'),
    ('deals', 'deal', 'id', 'customer_id', 'scope'),
    ('tasks', 'task', 'id', 'customer_id', 'assignee'),
    ('invoices', 'invoice', 'id', 'customer_id', 'scope'),
    ('notes', 'customer', 'customer_id', 'customer_id', '0'),
    ('activities', 'customer', 'customer_id', 'customer_id', '0')
  loop
    told := format('select %s as id, coalesce(%s, 0) as customer, %s as scope from ', id, customer, scope);
    execute format($f$
      create function note_%1$s() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $b$
      begin
        if tg_op = 'UPDATE' then
          insert into changes (kind, id, customer, scope)
          select distinct %2$L, case when n > 50 then 0 else id end, case when n > 50 then 0 else customer end, scope
          from (select *, count(*) over () as n from (%3$s rows_now union %3$s rows_was) a) b;
        else
          insert into changes (kind, id, customer, scope)
          select distinct %2$L, case when n > 50 then 0 else id end, case when n > 50 then 0 else customer end, scope
          from (select *, count(*) over () as n from (select distinct * from (%3$s rows_now) a) a) b;
        end if;
        return null;
      end $b$ $f$, of, kind, told);
    execute format('alter function note_%s() owner to balie_gate', of);
    execute format('revoke all on function note_%s() from public', of);
    foreach e in array array['insert,new table as rows_now', 'update,new table as rows_now old table as rows_was', 'delete,old table as rows_now'] loop
      execute format('create trigger note_%s after %1$s on %s referencing %s for each statement execute function note_%2$s()',
        split_part(e, ',', 1), of, split_part(e, ',', 2));
    end loop;
  end loop;
end $$;
revoke create on schema public from balie_gate;

-- What first screens add up, from indexes alone: among 200,000 deals and as many
-- invoices, going through the rows took ten times as long.
drop index deals_open;
create index deals_pipe on deals (scope, stage_id, stage_since) include (value, expected, customer_id, owner, id) where closed_at is null;
create index deals_closed_at on deals (closed_at) include (scope, stage_id, value, owner) where closed_at is not null;
create index invoices_owed on invoices (due_on) include (total, credited, paid, reminded_on) where issued_on is not null and not settled;
create index invoices_drafts on invoices (id) where issued_on is null;
create index invoices_revenue on invoices (issued_on) include (net) where issued_on is not null;
create index activities_author on activities (author, at);
