-- What stands open, by owner, stage and month. A manager's first screen read each
-- of 50,000 deals to weigh it. A weighted value is rounded per deal, and the cents
-- beyond whole euros decide how: deals with the same cents can be weighed
-- together, at any probability. Each change adds rows of its own, as
-- customer_tally has them.
create table deal_tally (
  id       bigint generated always as identity primary key,
  scope    int not null,
  owner    int not null,
  stage_id int not null,
  month    date, -- null: no date is known
  cents    smallint not null,
  n        bigint not null,
  value    bigint not null
);
create index deal_tally_scope on deal_tally (scope);
alter table deal_tally enable row level security, force row level security;
create policy gate on deal_tally to balie_gate using (true);
create policy clock on deal_tally to balie_clock using (true);
grant insert on deal_tally to balie_gate;
grant select, insert, delete on deal_tally to balie_clock;

-- As see_… on deals.
create policy see_sales on deal_tally for select to balie_sales using (scope = (select me('sales')));
create policy see_manager on deal_tally for select to balie_manager using (scope in (select team()));
create policy see_privacy on deal_tally for select to balie_privacy using ((select me('privacy')) is not null and (select coalesce(current_setting('app.reason', true), '')) <> '');
grant select on deal_tally to balie_sales, balie_manager, balie_privacy;

create function tally_deal(d deals, n int) returns void
language sql set search_path = public, pg_temp as $$
  insert into deal_tally (scope, owner, stage_id, month, cents, n, value)
    select d.scope, d.owner, d.stage_id, date_trunc('month', d.expected), d.value % 100, n, n * d.value where d.closed_at is null
$$;
create function tally_deals() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    perform tally_deal(old, -1);
  end if;
  if tg_op <> 'DELETE' then
    perform tally_deal(new, 1);
  end if;
  return null;
end $$;
grant create on schema public to balie_gate; -- needed while the functions change hands
alter function tally_deal(deals, int) owner to balie_gate;
alter function tally_deals() owner to balie_gate;
revoke create on schema public from balie_gate;
revoke all on function tally_deal(deals, int), tally_deals() from public;

-- Per row: nothing is done for the many customers without a deal who go.
create trigger tally_added after insert or delete on deals for each row execute function tally_deals();
create trigger tally_moved after update on deals for each row
  when ((old.scope, old.owner, old.stage_id, old.expected, old.value, old.closed_at is null) is distinct from (new.scope, new.owner, new.stage_id, new.expected, new.value, new.closed_at is null))
  execute function tally_deals();

-- The owner of a hosted PostgreSQL stands under forced row security as well.
alter table deals no force row level security;
alter table deal_tally no force row level security;
insert into deal_tally (scope, owner, stage_id, month, cents, n, value)
  select d.scope, d.owner, d.stage_id, date_trunc('month', d.expected), d.value % 100, count(*), sum(d.value) from deals d where d.closed_at is null group by 1, 2, 3, 4, 5;
alter table deals force row level security;
alter table deal_tally force row level security;
