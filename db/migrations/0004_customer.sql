-- Every data subject has a key of its own; without it nothing sealed under it
-- can be read, in any copy. Only the eraser may delete one.
create sequence subject_ids;
create table subject_keys (
  subject_id bigint primary key,
  kek_epoch  int not null,
  wrapped    bytea not null
);

create table imports (
  id          bigint generated always as identity primary key,
  person_id   int not null references people,
  at          timestamptz not null default now(),
  source      bytea not null,
  file_hash   bytea not null,
  rows        int not null,
  reverted_at timestamptz
);
-- Unique per person: a shared key would tell others what was imported (threat 12).
create unique index imports_once on imports (person_id, file_hash) where reverted_at is null;

-- People and companies: a sole trader is both, and they are kept, sought and
-- erased in the same way. scope is the owner; head is what lists show, body the
-- rest, both sealed under the subject's key. Row security checks scope and
-- created_by on every write, so foreign keys would only say it again, at 6 µs
-- each for every imported row; that the key exists, opening the row shows.
create table customers (
  id            bigint primary key,
  kind          smallint not null check (kind in (1, 2)),
  scope         int not null,
  status        smallint not null check (status in (1, 2, 3)),
  last_activity timestamptz not null,
  restricted    bool not null default false,
  created_at    timestamptz not null,
  created_by    int not null,
  updated_at    timestamptz not null,
  import_id     bigint references imports,
  version       int not null default 1,
  request       uuid not null,
  head          bytea not null,
  body          bytea not null
);
create index customers_scope_activity on customers (scope, last_activity desc, id);
create index customers_activity on customers (last_activity desc, id);
create index customers_import on customers (import_id) where import_id is not null;
create unique index customers_request on customers (created_by, request);

-- On what a record stands (art. 6(1) GDPR): a purpose and its lawful basis.
create table bases (
  customer_id bigint not null references customers on delete cascade,
  purpose     text not null,
  basis       text not null check (basis in ('contract', 'interest', 'consent', 'obligation')),
  since       timestamptz not null,
  primary key (customer_id, purpose)
);

-- A contact belongs to companies; what for is sealed under the contact's key.
create table memberships (
  contact_id bigint not null references customers on delete cascade,
  company_id bigint not null references customers on delete cascade,
  main       bool not null,
  role       bytea not null,
  primary key (contact_id, company_id)
);
create index memberships_company on memberships (company_id);

create table tags (
  id         int generated always as identity primary key,
  name       text not null unique,
  retired_at timestamptz
);
create table customer_tags (
  customer_id bigint not null references customers on delete cascade,
  tag_id      int not null references tags,
  primary key (customer_id, tag_id)
);

create table notes (
  id          bigint generated always as identity primary key,
  customer_id bigint not null references customers on delete cascade,
  author      int not null references people,
  private     bool not null,
  at          timestamptz not null,
  request     uuid not null,
  body        bytea not null
);
create index notes_customer on notes (customer_id, at desc);
create unique index notes_request on notes (author, request);

-- Each change of a customer, sealed under its key: who, when, which fields from
-- what to what.
create table history (
  customer_id bigint not null references customers on delete cascade,
  version     int not null,
  at          timestamptz not null,
  person_id   int not null references people,
  act         text not null,
  request     uuid not null,
  fields      text[] not null,
  detail      bytea not null,
  primary key (customer_id, version)
);

-- Search, order, filter and exact match, all derived from the sealed rows by a
-- keyed hash: absent from WAL, backups and replicas, empty after a crash and
-- then rebuilt. bucket is the place in name order (about 50 rows share one).
create unlogged table search_tokens (
  token       bigint not null,
  scope       int not null,
  bucket      int not null,
  customer_id bigint not null
);
create index search_tokens_scoped on search_tokens (token, scope, bucket, customer_id);
create index search_tokens_all on search_tokens (token, bucket, customer_id);
alter table search_tokens alter token set statistics 1000;

-- The one row says that search_tokens is whole, and by which bounds its
-- buckets were cut; unlogged, so that it vanishes together with the tokens.
create unlogged table search_ready (
  one     bool primary key default true check (one),
  version bigint not null,
  epoch   int not null,
  rows    bigint not null,
  bounds  bytea not null
);

do $$
declare t text;
begin
  foreach t in array array['subject_keys','imports','customers','bases','memberships','tags','customer_tags','notes','history','search_tokens','search_ready'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy indexer on %I to balie_indexer using (true)', t);
    execute format('create policy gate on %I to balie_gate using (true)', t);
  end loop;
end $$;

-- One policy per role and table: a shared one with OR loses the index, as does
-- = ANY(setting); IN (SELECT …) keeps it.
do $$
declare
  r text; t text;
  can text; seen text;
begin
  foreach r in array array['sales','manager','privacy'] loop
    can := case r
      when 'sales' then 'scope = (select me(''sales''))'
      when 'manager' then 'scope in (select team())'
      else '(select me(''privacy'')) is not null and (select coalesce(current_setting(''app.reason'', true), '''')) <> '''''
    end;
    execute format('create policy see_%s on customers for select to balie_%1$s using (%2$s)', r, can);
    execute format('create policy change_%s on customers for update to balie_%1$s using (%2$s) with check (%2$s)', r, can);
    execute format('create policy see_%s on search_tokens for select to balie_%1$s using (%2$s)', r, can);
    execute format('create policy add_%s on search_tokens for insert to balie_%1$s with check (%2$s)', r, can);
    execute format('create policy drop_%s on search_tokens for delete to balie_%1$s using (%2$s)', r, can);
    if r <> 'privacy' then
      execute format('create policy add_%s on customers for insert to balie_%1$s with check (%2$s and created_by = (select me(%1$L)))', r, can);
    end if;
    -- What hangs on a customer is seen and changed with it; the inner select
    -- obeys the policies above, so hidden and absent are the same.
    foreach t in array array['bases','customer_tags','history','notes'] loop
      seen := format('exists (select from customers c where c.id = %I.customer_id)', t);
      if t = 'notes' then
        execute format('create policy see_%s on notes for select to balie_%1$s using (%2$s)', r,
          seen || case when r = 'privacy' then '' else format(' and (not private or author = (select me(%L)))', r) end);
        execute format('create policy add_%s on notes for insert to balie_%1$s with check (%2$s and author = (select me(%1$L)))', r, seen);
      elsif t = 'history' then
        execute format('create policy see_%s on history for select to balie_%1$s using (%2$s)', r, seen);
        execute format('create policy add_%s on history for insert to balie_%1$s with check (%2$s and person_id = (select me(%1$L)))', r, seen);
      else
        execute format('create policy see_%s on %I to balie_%1$s using (%3$s) with check (%3$s)', r, t, seen);
      end if;
    end loop;
    execute format('create policy see_%s on memberships to balie_%1$s using (%2$s) with check (%2$s and exists (select from customers c where c.id = memberships.company_id))', r,
      'exists (select from customers c where c.id = memberships.contact_id)');
    execute format('create policy live_%s on subject_keys for select to balie_%1$s using ((select me(%1$L)) is not null)', r);
    execute format('create policy live_%s on tags for select to balie_%1$s using ((select me(%1$L)) is not null)', r);
    execute format('create policy all_%s on search_ready for select to balie_%1$s using (true)', r); -- about nobody
    execute format('grant select on subject_keys, customers, bases, memberships, tags, customer_tags, notes, history, search_tokens, search_ready to balie_%s', r);
    execute format('grant update (status, last_activity, updated_at, version, head, body) on customers to balie_%s', r);
    execute format('grant insert, delete on bases, memberships, customer_tags, search_tokens to balie_%s', r);
    execute format('grant insert on notes, history to balie_%s', r);
    if r <> 'privacy' then
      execute format('create policy add_%s on subject_keys for insert to balie_%1$s with check ((select me(%1$L)) is not null)', r);
      execute format('create policy own_%s on imports to balie_%1$s using (person_id = (select me(%1$L)))', r);
      execute format('grant insert on subject_keys, customers, imports to balie_%s', r);
      execute format('grant select on imports to balie_%s', r);
      execute format('grant usage on sequence subject_ids to balie_%s', r);
    end if;
  end loop;
end $$;
create policy add_manager on tags for insert to balie_manager with check ((select me('manager')) is not null);
create policy retire_manager on tags for update to balie_manager using ((select me('manager')) is not null);
grant insert, update on tags to balie_manager;

grant select on subject_keys, customers, memberships, customer_tags, tags to balie_indexer;
alter table search_tokens owner to balie_indexer;
alter table search_ready owner to balie_indexer;
grant select, update, delete on customers to balie_gate;
grant select, delete on subject_keys to balie_gate;
grant select, update on search_tokens to balie_gate;
grant select, update on imports to balie_gate;
grant delete on search_ready to balie_gate;

-- What one hands over is no longer one's to see, which row security rightly
-- refuses to let one write; so it is done here, after the same checks. tokens,
-- buckets and token_ids are the search rows that move along, worked out by the
-- caller, who holds the keys. Returns what was handed over.
create function hand_over(ids bigint[], new_owner int, tokens bigint[], buckets int[], token_ids bigint[]) returns setof bigint
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from people p join grants g on g.person_id = p.id
      where p.id = new_owner and p.revoked_at is null and g.role in ('sales', 'manager')
        and not g.pending and g.ended_at is null and (g.until is null or g.until > now())) then
    return;
  end if;
  perform from customers c where c.id = any(ids) for update;
  update search_tokens t set scope = new_owner
  from unnest(tokens, buckets, token_ids) u (token, bucket, id) join customers c on c.id = u.id
  where t.token = u.token and t.scope = c.scope and t.bucket = u.bucket and t.customer_id = u.id
    and c.id = any(ids) and (c.scope = me('sales') or c.scope in (select team()));
  return query
    update customers c set scope = new_owner, version = c.version + 1, updated_at = now()
    where c.id = any(ids) and c.scope <> new_owner and (c.scope = me('sales') or c.scope in (select team()))
    returning c.id;
end $$;

-- Takes an import back within a day: what nobody changed since is erased, its
-- keys included. Returns what went, whose search tokens the caller drops; the
-- rest stays with who changed it. Null: not theirs, too late or done before.
create function revert_import(import bigint) returns bigint[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare gone bigint[];
begin
  update imports set reverted_at = now()
  where id = import and reverted_at is null and at > now() - interval '1 day'
    and person_id = coalesce(me('sales'), me('manager'));
  if not found then return null; end if;
  select coalesce(array_agg(c.id), '{}') into gone from customers c
  where c.import_id = import and c.version = 1
    and not exists (select from notes n where n.customer_id = c.id and n.at > c.created_at)
    and not exists (select from memberships m join customers o on o.id = m.contact_id
                    where m.company_id = c.id and (o.import_id is distinct from import or o.version > 1));
  delete from customers c where c.id = any(gone);
  delete from subject_keys k where k.subject_id = any(gone);
  return gone;
end $$;
grant select on notes, memberships to balie_gate;

-- A large import leaves the tokens to a rebuild; until then nothing is sought.
create function search_stale() returns void
language sql volatile security definer set search_path = public, pg_temp as $$ delete from search_ready $$;

-- What an auditor may know of customers: how many.
create function customer_counts() returns table (status smallint, kind smallint, owner int, n bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.status, c.kind, c.scope, count(*) from customers c
  where me('auditor') is not null group by 1, 2, 3
$$;

-- Who has seen this one? For those who may see the customer.
create function exposure(subject bigint, most int) returns table (at timestamptz, actor int, act text, session text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.at, a.actor, a.act, a.session from audit a
  where a.subjects @> array[subject] and exists (select from customers c where c.id = subject
      and (c.scope = me('sales') or c.scope in (select team())
           or me('privacy') is not null and coalesce(current_setting('app.reason', true), '') <> ''))
  order by a.id desc limit most
$$;
create policy gate on audit for select to balie_gate using (true);
grant select on audit to balie_gate;

do $$
declare f text;
begin
  foreach f in array array['hand_over(bigint[],int,bigint[],int[],bigint[])','revert_import(bigint)','search_stale()','customer_counts()','exposure(bigint,int)'] loop
    execute format('alter function %s owner to balie_gate', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function hand_over(bigint[],int,bigint[],int[],bigint[]), revert_import(bigint), search_stale() to balie_sales, balie_manager;
grant execute on function exposure(bigint,int) to balie_sales, balie_manager, balie_privacy;
grant execute on function customer_counts() to balie_auditor;
