-- Invoices. Each has a data key of its own and its own copy of what the tax
-- office needs (debtor, lines, letterhead), so that it outlives the customer's
-- erasure: art. 52 AWR. Amounts are whole euro cents.
create table invoices (
  id           bigint primary key,      -- from subject_ids
  customer_id  bigint references customers on delete set null,
  scope        int not null,            -- the customer's owner, who sees whether it is paid; 0: nobody's
  credits      bigint references invoices,
  series       text check (series ~ '^[A-Z]{0,4}$'),
  year         int,
  number       int,
  issued_on    date,
  due_on       date,
  kept_through date,
  net          bigint not null default 0,
  tax          bigint not null default 0,
  total        bigint not null default 0,
  paid         bigint not null default 0,
  credited     bigint not null default 0,
  settled      bool generated always as (issued_on is not null and total - credited - paid <= 0) stored,
  reminders    smallint not null default 0,
  reminded_on  date,
  created_at   timestamptz not null,
  created_by   int not null references people,
  updated_at   timestamptz not null,
  version      int not null default 1,
  request      uuid not null,
  head         bytea not null,
  body         bytea not null,
  unique (series, year, number),
  check (num_nonnulls(series, year, number, issued_on, due_on, kept_through) in (0, 6)),
  check (net + tax = total)
);
create unique index invoices_request on invoices (created_by, request);
create index invoices_customer on invoices (customer_id) where customer_id is not null;
create index invoices_open on invoices (due_on, id) where issued_on is not null and not settled;
-- Drafts come first, then the latest.
create index invoices_latest on invoices ((coalesce(issued_on, 'infinity')) desc, id desc);
create index invoices_credits on invoices (credits) where credits is not null;

-- The last number of each series and year. Its row stays locked until the issue
-- commits, so that a number is never given twice, nor lost with a crash.
create table invoice_numbers (
  series text not null,
  year   int not null,
  last   int not null,
  day    date not null,
  primary key (series, year)
);

-- Money that came in, or went back (below 0). A row is never changed: a slip is
-- taken back by another one.
create table payments (
  id         bigint generated always as identity primary key,
  invoice_id bigint not null references invoices,
  paid_on    date not null,
  amount     bigint not null check (amount <> 0),
  at         timestamptz not null default now(),
  person_id  int not null references people,
  request    uuid not null,
  body       bytea not null
);
create index payments_invoice on payments (invoice_id);
create unique index payments_request on payments (person_id, request);

do $$
declare t text;
begin
  foreach t in array array['invoices','invoice_numbers','payments'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy gate on %I to balie_gate using (true) with check (true)', t);
  end loop;
end $$;
grant select, update on invoices to balie_gate;
grant select, insert, update on invoice_numbers to balie_gate;

-- Finance sees all and changes drafts; what is issued nobody changes.
create policy see_finance on invoices for select to balie_finance using ((select me('finance')) is not null);
create policy add_finance on invoices for insert to balie_finance with check (
  created_by = (select me('finance')) and issued_on is null and paid = 0 and credited = 0);
create policy change_finance on invoices for update to balie_finance
  using ((select me('finance')) is not null and issued_on is null) with check (issued_on is null);
create policy drop_finance on invoices for delete to balie_finance using ((select me('finance')) is not null and issued_on is null);
grant select, delete on invoices to balie_finance;
grant insert (id, customer_id, scope, credits, net, tax, total, created_at, created_by, updated_at, request, head, body),
  update (net, tax, total, updated_at, version, head, body) on invoices to balie_finance;
create policy see_finance on payments for select to balie_finance using ((select me('finance')) is not null);
create policy add_finance on payments for insert to balie_finance with check (person_id = (select me('finance')));
grant select on payments to balie_finance;
grant insert (invoice_id, paid_on, amount, person_id, request, body) on payments to balie_finance;
create policy invoices_finance on subject_keys for select to balie_finance
  using ((select me('finance')) is not null and exists (select from invoices i where i.id = subject_id));
create policy add_finance on subject_keys for insert to balie_finance with check ((select me('finance')) is not null);
create policy drop_finance on subject_keys for delete to balie_finance
  using ((select me('finance')) is not null and exists (select from invoices i where i.id = subject_id and i.issued_on is null));
grant select, insert, delete on subject_keys to balie_finance;
grant usage on sequence subject_ids to balie_finance;

-- The privacy officer sees all for a reason. Sales and managers see of their
-- customers whether it is paid, and ask for an invoice; amounts are finance's.
create policy see_privacy on invoices for select to balie_privacy
  using ((select me('privacy')) is not null and (select coalesce(current_setting('app.reason', true), '')) <> '');
create policy see_privacy on payments for select to balie_privacy using (exists (select from invoices i where i.id = invoice_id));
grant select on invoices, payments to balie_privacy;
do $$
declare r text;
begin
  foreach r in array array['sales','manager'] loop
    execute format('create policy see_%s on invoices for select to balie_%1$s using (exists (select from customers c where c.id = customer_id))', r);
    execute format('create policy ask_%s on invoices for insert to balie_%1$s with check (created_by = (select me(%1$L)) and issued_on is null
      and credits is null and total = 0 and exists (select from customers c where c.id = customer_id and c.scope = invoices.scope))', r);
    execute format('grant select (id, customer_id, scope, series, year, number, issued_on, due_on, settled) on invoices to balie_%s', r);
    execute format('grant insert (id, customer_id, scope, created_at, created_by, updated_at, request, head, body) on invoices to balie_%s', r);
  end loop;
end $$;

-- An invoice follows its customer to a new owner, issued or not.
create function invoices_follow() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update invoices set scope = new.scope where customer_id = new.id;
  return null;
end $$;

-- Issues a draft: gives it the next number of its series and year, a date, and
-- its terms, and so makes it final. yearend is the last month of the book year,
-- seven years after whose end the tax office can ask no more (art. 52(4) AWR).
-- The date is read when the number's row is locked: numbers and dates rise
-- together. Returns nothing when it is no draft of that version any more.
create function issue_invoice(invoice bigint, read_version int, in_series text, days int, yearend int, zone text,
  out number int, out year int, out issued_on date, out due_on date, out kept_through date)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare i invoices; today date;
begin
  if me('finance') is null then return; end if;
  select * into i from invoices v where v.id = invoice and v.version = read_version and v.issued_on is null for update;
  if not found then return; end if;
  if i.credits is not null then
    update invoices v set credited = v.credited - i.total, updated_at = now()
      where v.id = i.credits and v.issued_on is not null and v.credits is null and v.credited - i.total <= v.total and i.total < 0;
    if not found then return; end if;
  end if;
  year := extract(year from clock_timestamp() at time zone zone);
  insert into invoice_numbers as n values (in_series, year, 0, 'epoch') on conflict do nothing;
  perform from invoice_numbers n where n.series = in_series and n.year = issue_invoice.year for update;
  today := least((clock_timestamp() at time zone zone)::date, make_date(year, 12, 31));
  update invoice_numbers n set last = n.last + 1, day = greatest(n.day, today)
    where n.series = in_series and n.year = issue_invoice.year returning n.last, n.day into number, issued_on;
  due_on := issued_on + days;
  kept_through := (make_date(year + 7 + (extract(month from issued_on) > yearend)::int, yearend, 1) + interval '1 month - 1 day')::date;
  update invoices v set series = in_series, year = issue_invoice.year, number = issue_invoice.number, issued_on = issue_invoice.issued_on,
    due_on = issue_invoice.due_on, kept_through = issue_invoice.kept_through, updated_at = now(), version = v.version + 1
    where v.id = invoice;
end $$;

-- A payment counts from the moment that it is written.
create function payment_counts() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update invoices set paid = paid + new.amount, updated_at = now() where id = new.invoice_id and issued_on is not null and credits is null;
  if not found then
    raise exception 'no such invoice' using errcode = '23503';
  end if;
  return null;
end $$;

-- A reminder of one that is late, at most one a day.
create function remind_invoice(invoice bigint, zone text) returns smallint
language sql volatile security definer set search_path = public, pg_temp as $$
  update invoices set reminders = reminders + 1, reminded_on = (now() at time zone zone)::date, updated_at = now()
  where me('finance') is not null and id = invoice and issued_on is not null and not settled
    and due_on < (now() at time zone zone)::date and reminded_on is distinct from (now() at time zone zone)::date
  returning reminders
$$;

grant create on schema public to balie_gate; -- needed while the functions change hands
do $$
declare f text;
begin
  foreach f in array array['invoices_follow()','issue_invoice(bigint,int,text,int,int,text)','payment_counts()','remind_invoice(bigint,text)'] loop
    execute format('alter function %s owner to balie_gate', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
revoke create on schema public from balie_gate;
grant execute on function issue_invoice(bigint,int,text,int,int,text), remind_invoice(bigint,text) to balie_finance;
create trigger invoices_follow after update of scope on customers for each row when (old.scope <> new.scope) execute function invoices_follow();
create trigger payment_counts after insert on payments for each row execute function payment_counts();
