-- What goes in and out whole.

-- The operator, who holds the keyring and connects as the owner, reads all of an
-- installation for an archive as balie_backup, into which no login that serves
-- can step. Migrate calls this each time, so that a table of a later migration
-- is open to it as well.
do $$
begin
  if not pg_has_role(current_user, 'balie_backup', 'member') then
    execute format('grant balie_backup to %I', current_user);
  end if;
end $$;
create procedure open_to_backup() language plpgsql as $$
declare t regclass;
begin
  for t in select c.oid::regclass from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p'
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'backup') loop
    execute format('create policy backup on %s for select to balie_backup using (true)', t);
    execute format('grant select on %s to balie_backup', t);
  end loop;
end $$;
revoke all on procedure open_to_backup() from public;

-- What an import brought beside customers, to take it back within a day.
alter table imports add column kind text not null default 'contacts'
  check (kind in ('contacts', 'companies', 'deals', 'activities', 'invoices'));
alter table deals add column import_id bigint references imports;
alter table activities add column import_id bigint references imports;
alter table notes add column import_id bigint references imports;
create index notes_import on notes (import_id) where import_id is not null;
create index deals_import on deals (import_id) where import_id is not null;
create index activities_import on activities (import_id) where import_id is not null;
grant insert (import_id) on deals, activities to balie_sales, balie_manager;
do $$
declare r text; t text;
begin
  foreach r in array array['sales','manager'] loop
    foreach t in array array['deals','activities','notes'] loop
      execute format('create policy own_import_%s on %I as restrictive for insert to balie_%1$s
        with check (import_id is null or import_id in (select i.id from imports i))', r, t);
    end loop;
  end loop;
end $$;

-- Invoices of another system are history: they were never of our series, whose
-- numbers have no gap, and nobody issues, pays or changes them here. Each is
-- sealed under a key of its own, so that it outlives its customer as long as the
-- tax office may ask for it (art. 52 AWR).
create table past_invoices (
  id           bigint primary key, -- from subject_ids
  customer_id  bigint references customers on delete set null,
  scope        int not null,       -- the customer's owner; 0: nobody's
  issued_on    date not null,
  due_on       date,
  kept_through date not null,
  net          bigint not null,
  tax          bigint not null,
  total        bigint not null,
  paid         bigint not null,
  created_at   timestamptz not null,
  created_by   int not null references people,
  import_id    bigint not null references imports,
  request      uuid not null,
  head         bytea not null
);
create unique index past_invoices_request on past_invoices (created_by, request);
create index past_invoices_latest on past_invoices (issued_on desc, id desc);
create index past_invoices_customer on past_invoices (customer_id) where customer_id is not null;
create index past_invoices_import on past_invoices (import_id);
alter table past_invoices enable row level security, force row level security;
create policy gate on past_invoices to balie_gate using (true) with check (true);
grant select, update, delete on past_invoices to balie_gate;
create policy see_finance on past_invoices for select to balie_finance using ((select me('finance')) is not null);
create policy add_finance on past_invoices for insert to balie_finance with check (
  created_by = (select me('finance')) and import_id in (select i.id from imports i));
grant select, insert on past_invoices to balie_finance;
create policy see_privacy on past_invoices for select to balie_privacy
  using ((select me('privacy')) is not null and (select coalesce(current_setting('app.reason', true), '')) <> '');
grant select on past_invoices to balie_privacy;
create policy past_finance on subject_keys for select to balie_finance
  using ((select me('finance')) is not null and exists (select from past_invoices i where i.id = subject_id));
create policy past_privacy on subject_keys for select to balie_privacy
  using ((select me('privacy')) is not null and exists (select from past_invoices i where i.id = subject_id));
create policy own_finance on imports to balie_finance using (person_id = (select me('finance')) and kind = 'invoices');
grant select, insert on imports to balie_finance;

-- Whose customer an old invoice is, for finance, which sees no customers: by the
-- whole name of a company, a mail address or a number elsewhere, each as a token
-- that only who has the keyring can make; and only where it is one customer.
create function past_customers(tokens bigint[]) returns table (token bigint, customer_id bigint, scope int)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.token, min(t.customer_id), min(t.scope) from search_tokens t
  where me('finance') is not null and t.token = any(tokens) group by 1 having count(distinct t.customer_id) = 1
$$;

create function past_follow() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update past_invoices set scope = new.scope where customer_id = new.id;
  return null;
end $$;

-- Takes an import of deals, activities or invoices back within a day: what
-- nobody changed since. gone is -1 for one of customers, which revert_import
-- takes back, and for one that isn't theirs.
create function revert_rows(import bigint, out gone int, out subjects bigint[])
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  gone := -1;
  update imports set reverted_at = now()
  where id = import and reverted_at is null and at > now() - interval '1 day' and kind in ('deals', 'activities', 'invoices')
    and person_id = coalesce(me('sales'), me('manager'), me('finance'));
  if not found then return; end if;
  with d as (delete from deals where import_id = import and version = 1 returning customer_id),
    a as (delete from activities where import_id = import returning customer_id),
    n as (delete from notes where import_id = import returning customer_id),
    i as (delete from past_invoices where import_id = import returning id, customer_id),
    k as (delete from subject_keys s using i where s.subject_id = i.id)
  select count(*), coalesce(array_agg(distinct customer_id) filter (where customer_id is not null), '{}') into gone, subjects
  from (select customer_id from d union all select customer_id from a union all select customer_id from n union all select customer_id from i) x;
end $$;

grant create on schema public to balie_gate; -- needed while the functions change hands
do $$
declare f text;
begin
  foreach f in array array['past_customers(bigint[])','past_follow()','revert_rows(bigint)'] loop
    execute format('alter function %s owner to balie_gate', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
revoke create on schema public from balie_gate;
grant delete on deals, activities, notes to balie_gate;
grant execute on function past_customers(bigint[]) to balie_finance;
grant execute on function revert_rows(bigint) to balie_sales, balie_manager, balie_finance;
create trigger past_follow after update of scope on customers for each row when (old.scope <> new.scope) execute function past_follow();

-- They go along when two records of one customer become one (see 0018).
select movable('past_invoices', 'customer_id', 'id');
