-- Reminders of invoices that are late. The clock notes that one is due; finance
-- makes its letter, which is kept as it was, sealed under the invoice's key.
create table invoice_reminders (
  id         bigint generated always as identity primary key,
  invoice_id bigint not null references invoices on delete cascade,
  level      smallint not null check (level between 1 and 3),
  due_on     date not null,
  noted_at   timestamptz not null default now(),
  made_at    timestamptz,
  made_by    int references people,
  open       bigint,
  body       bytea,
  check (num_nonnulls(made_at, made_by, open, body) in (0, 4))
);
create unique index invoice_reminders_waiting on invoice_reminders (invoice_id) where made_at is null;
create index invoice_reminders_invoice on invoice_reminders (invoice_id, level);

alter table invoice_reminders enable row level security, force row level security;
create policy see_finance on invoice_reminders for select to balie_finance using ((select me('finance')) is not null);
create policy see_privacy on invoice_reminders for select to balie_privacy using (exists (select from invoices i where i.id = invoice_id));
create policy add_finance on invoice_reminders for insert to balie_finance with check (made_by = (select me('finance')) and made_at = now());
create policy make_finance on invoice_reminders for update to balie_finance
  using ((select me('finance')) is not null and made_at is null) with check (made_by = (select me('finance')) and made_at = now());
grant select on invoice_reminders to balie_finance, balie_privacy;
grant insert (invoice_id, level, due_on, made_at, made_by, open, body), update (made_at, made_by, open, body) on invoice_reminders to balie_finance;

-- The clock sees of invoices whether they are paid, and of nobody anything else.
create policy see_clock on invoice_reminders for select to balie_clock using (true);
create policy note_clock on invoice_reminders for insert to balie_clock with check (made_at is null);
grant select (invoice_id, level, made_at), insert (invoice_id, level, due_on) on invoice_reminders to balie_clock;
create policy remind_clock on invoices for select to balie_clock using (true);
grant select (id, issued_on, due_on, settled, credits, total, reminded_on) on invoices to balie_clock;
