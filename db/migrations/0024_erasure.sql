-- Erasure (art. 17 GDPR): what is known of one who was erased, which is a number
-- and what the certificate says; and the suppression list.
create table erasures (
  subject_id bigint primary key,
  kind       smallint not null,
  at         timestamptz not null default now(),
  person_id  int references people, -- null: the clock, by a rule of retention
  rule       text not null default '',
  invoices   int not null default 0, -- that stay
  kept_until date,                   -- the last of them
  record     bytea not null          -- the certificate and the reason, sealed under the system key
);
create index erasures_at on erasures (at desc, subject_id desc);

-- To whom the data went before (art. 19), as far as the log tells.
create table erasure_recipients (
  subject_id bigint not null references erasures,
  n          int not null,
  at         timestamptz not null,
  person_id  int not null,
  act        text not null,
  told_at    timestamptz,
  told_by    int references people,
  primary key (subject_id, n),
  check ((told_at is null) = (told_by is null))
);
create index erasure_recipients_untold on erasure_recipients (subject_id) where told_at is null;

-- Mail addresses and phone numbers that may not come back by themselves, each as
-- a hash under a key that is not here.
create table suppressions (
  id          bigint generated always as identity primary key,
  digest      bytea not null,
  sort        text not null check (sort in ('mail', 'phone')),
  since       timestamptz not null default now(),
  subject_id  bigint references erasures, -- null: put on the list by hand
  lifted_at   timestamptz,
  lifted_by   int references people,
  lift_reason bytea,                      -- sealed under the system key
  check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lift_reason is null))
);
create unique index suppressions_live on suppressions (digest) where lifted_at is null;
create index suppressions_subject on suppressions (subject_id) where subject_id is not null;

-- Whose debtor was erased; bare: the body was sealed anew without what the tax
-- office doesn't ask for.
alter table invoices add column erased_at timestamptz, add column bare bool not null default false;
create index invoices_erased on invoices (id) where erased_at is not null and not bare;

do $$
declare t text; r text;
begin
  foreach t in array array['erasures','erasure_recipients','suppressions'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy gate on %I to balie_gate using (true) with check (true)', t);
    foreach r in array array['privacy','auditor'] loop
      execute format('create policy see_%s on %I for select to balie_%1$s using ((select me(%1$L)) is not null)', r, t);
      execute format('grant select on %I to balie_%s', t, r);
    end loop;
  end loop;
  -- Whoever writes customers may ask of an address that they hold whether it is
  -- on the list, and no more.
  foreach r in array array['sales','manager'] loop
    execute format('create policy ask_%s on suppressions for select to balie_%1$s using (lifted_at is null and (select me(%1$L)) is not null)', r);
    execute format('grant select (digest, lifted_at) on suppressions to balie_%s', r);
  end loop;
end $$;
create policy ask_clock on suppressions for select to balie_clock using (lifted_at is null);
grant select (digest, lifted_at) on suppressions to balie_clock;
create policy lift_privacy on suppressions for update to balie_privacy
  using ((select me('privacy')) is not null and lifted_at is null) with check (lifted_by = (select me('privacy')) and lifted_at = now());
grant update (lifted_at, lifted_by, lift_reason) on suppressions to balie_privacy;
create policy tell_privacy on erasure_recipients for update to balie_privacy
  using ((select me('privacy')) is not null and told_at is null) with check (told_by = (select me('privacy')) and told_at = now());
grant update (told_at, told_by) on erasure_recipients to balie_privacy;
grant select, insert on erasures, erasure_recipients to balie_gate;
grant select, insert on suppressions to balie_gate;
grant delete on search_tokens, invoices to balie_gate;

-- Erases customers: shreds their keys, and with these every copy of what was
-- sealed under them, and deletes their rows. Drafts of invoices go; issued ones
-- stay for the tax office (art. 17(3)(b) GDPR, art. 52(4) AWR) with a key of
-- their own and, in bodies, without what it doesn't ask for. tokens are the
-- search rows, worked out by the caller, who holds the keys; digests the entries
-- for the suppression list. Returns who was erased: an officer erases for a
-- reason, the clock by a rule.
create function erase_customers(subjects bigint[], records bytea[], by_rule text[],
  tokens bigint[], scopes int[], buckets int[], token_ids bigint[],
  bared bigint[], bodies bytea[], digests bytea[], sorts text[], digest_ids bigint[]) returns setof bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  officer int := me('privacy');
  gone bigint[];
begin
  if current_setting('role') <> 'balie_clock' and (officer is null or coalesce(current_setting('app.reason', true), '') = '') then
    return;
  end if;
  select coalesce(array_agg(c.id), '{}') into gone from (select c.id from customers c where c.id = any(subjects) order by c.id for update) c;
  delete from search_tokens t using unnest(tokens, scopes, buckets, token_ids) u (token, scope, bucket, id)
    where t.token = u.token and t.scope = u.scope and t.bucket = u.bucket and t.customer_id = u.id;
  with drafts as (delete from invoices i where i.customer_id = any(gone) and i.issued_on is null returning i.id)
    delete from subject_keys k using drafts d where k.subject_id = d.id;
  update invoices i set body = u.body, bare = true from unnest(bared, bodies) u (id, body) where i.id = u.id and i.customer_id = any(gone);
  insert into erasures (subject_id, kind, person_id, rule, record, invoices, kept_until)
    select c.id, c.kind, officer, u.rule, u.record, count(i.kept_through), max(i.kept_through)
    from customers c join unnest(subjects, records, by_rule) u (id, record, rule) on u.id = c.id
      left join lateral (select v.kept_through from invoices v where v.customer_id = c.id union all
        select p.kept_through from past_invoices p where p.customer_id = c.id) i on true
    where c.id = any(gone) group by c.id, c.kind, u.rule, u.record;
  update invoices i set erased_at = now(), scope = 0 where i.customer_id = any(gone);
  update past_invoices i set scope = 0 where i.customer_id = any(gone);
  insert into erasure_recipients (subject_id, n, at, person_id, act)
    select s.id, row_number() over (partition by s.id order by a.id), a.at, a.actor, a.act
    from unnest(gone) s (id) cross join lateral known_as(s.id) k (ids) join audit a on a.subjects && k.ids and not a.refused and a.act in ('customer.export', 'invoice.export')
    where officer is not null;
  insert into suppressions (digest, sort, subject_id)
    select distinct on (u.digest) u.digest, u.sort, u.id from unnest(digests, sorts, digest_ids) u (digest, sort, id) where u.id = any(gone)
    on conflict (digest) where lifted_at is null do nothing;
  delete from merges m where m.loser = any(gone); -- were taken apart again; into whom they are, goes with that one
  delete from customers c where c.id = any(gone);
  delete from subject_keys k where k.subject_id = any(gone);
  return query select unnest(gone);
end $$;

-- Restriction (art. 18 GDPR): kept and shown, and changed by nobody but the
-- officer.
grant update (restricted) on customers to balie_privacy;
create function stay_restricted() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  raise insufficient_privilege;
end $$;
revoke all on function stay_restricted() from public;
create trigger stay_restricted before update of head, body, status on customers for each row
  when (old.restricted and current_setting('role') in ('balie_sales', 'balie_manager', 'balie_finance')) execute function stay_restricted();

-- The debtor's name and address in drafts of invoices of a customer, or of a
-- company's contacts, for who changes them with it (art. 16 GDPR). Sealed: what a draft amounts to
-- stays finance's to know.
create function may_rectify(customer bigint) returns bool
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from customers c where c.id = customer and (c.scope = me('sales') or c.scope in (select team())
    or me('privacy') is not null and coalesce(current_setting('app.reason', true), '') <> ''))
$$;
create function draft_copies(customer bigint) returns table (id bigint, head bytea, body bytea, kek_epoch int, wrapped bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.id, i.head, i.body, k.kek_epoch, k.wrapped from invoices i join subject_keys k on k.subject_id = i.id
  where i.issued_on is null and may_rectify(customer)
    and i.customer_id in (select customer union select m.contact_id from memberships m where m.company_id = customer)
$$;
create function rectify_draft(customer bigint, invoice bigint, new_head bytea, new_body bytea) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  update invoices i set head = new_head, body = new_body, version = i.version + 1, updated_at = now()
  where i.id = invoice and i.issued_on is null and may_rectify(customer)
    and i.customer_id in (select customer union select m.contact_id from memberships m where m.company_id = customer)
$$;

do $$
declare f text;
begin
  grant create on schema public to balie_gate; -- needed while the functions change hands
  foreach f in array array['erase_customers(bigint[],bytea[],text[],bigint[],int[],int[],bigint[],bigint[],bytea[],bytea[],text[],bigint[])',
      'may_rectify(bigint)','draft_copies(bigint)','rectify_draft(bigint,bigint,bytea,bytea)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to balie_gate', f);
  end loop;
  revoke create on schema public from balie_gate;
end $$;
grant execute on function erase_customers(bigint[],bytea[],text[],bigint[],int[],int[],bigint[],bigint[],bytea[],bytea[],text[],bigint[]) to balie_privacy, balie_clock;
grant execute on function draft_copies(bigint), rectify_draft(bigint,bigint,bytea,bytea) to balie_sales, balie_manager, balie_privacy;
