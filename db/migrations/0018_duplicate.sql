-- Customers that look like one. Two records of one customer share keyed hashes
-- among the search tokens (see db/duplicate_token.go), which must be derived anew.
select search_stale();

-- A pair, with the lower number first. Why they look alike is worked out anew
-- whenever it is shown: here it would tell about somebody.
create table duplicates (
  a            bigint not null references customers on delete cascade,
  b            bigint not null references customers on delete cascade,
  score        smallint not null check (score between 0 and 100),
  found_at     timestamptz not null,
  seen_at      timestamptz not null,
  dismissed_at timestamptz,
  dismissed_by int references people,
  primary key (a, b),
  check (a < b),
  check ((dismissed_at is null) = (dismissed_by is null))
);
create index duplicates_b on duplicates (b);
create index duplicates_open on duplicates (score desc, a, b) where dismissed_at is null;

-- How far the job that looks at new customers came.
create table duplicate_reach (
  one  bool primary key default true check (one),
  last bigint not null
);
insert into duplicate_reach (last) select coalesce(max(id), 0) from customers;

do $$
declare t text;
begin
  foreach t in array array['duplicates','duplicate_reach'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('create policy clock on %I to balie_clock using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to balie_clock', t);
  end loop;
end $$;
create policy twins_clock on search_tokens for select to balie_clock using (true);
grant select on search_tokens to balie_clock;

-- A pair is seen by who sees both, so that one tells nobody of the other.
do $$
declare r text; seen text := 'exists (select from customers c where c.id = a) and exists (select from customers c where c.id = b)';
begin
  foreach r in array array['sales','manager','privacy'] loop
    execute format('create policy see_%s on duplicates for select to balie_%1$s using (%2$s)', r, seen);
    execute format('create policy dismiss_%s on duplicates for update to balie_%1$s using (%2$s)
      with check (dismissed_by is null or dismissed_by = (select me(%1$L)))', r, seen);
    execute format('create policy add_%s on duplicates for insert to balie_%1$s with check (%2$s)', r, seen);
    execute format('grant select, insert (a, b, score, found_at, seen_at, dismissed_at, dismissed_by), update (dismissed_at, dismissed_by) on duplicates to balie_%s', r);
  end loop;
end $$;

-- How many pairs no manager sees, since their customers are of two teams: the
-- privacy officer hears how many, and needs a reason to see which.
create function pairs_apart(most int) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) from (select from duplicates d
    join customers a on a.id = d.a join customers b on b.id = d.b join people p on p.id = a.scope join people q on q.id = b.scope
    where d.dismissed_at is null and a.scope <> b.scope and p.team_id is distinct from q.team_id and me('privacy') is not null limit most) x
$$;
create policy gate on duplicates to balie_gate using (true);
grant select on duplicates to balie_gate;
-- Two customers that are one become one: what hangs on the loser goes to the
-- winner. Every table whose rows belong to a customer has its line here; a later
-- migration says `select movable(…)` for its own, and a test finds one that
-- doesn't. What is sealed is sealed anew by the program, which has the keys.
create table movables (
  tab      text not null,
  col      text not null,               -- holds the customer
  key      text not null,               -- an expression that tells the rows of one customer apart
  mark     text,                        -- changes with the work on it: then it stays where it is when the merge is undone
  sealed   text[] not null default '{}',-- columns under the customer's key, at the place table.column
  via      text,                        -- col holds a row of that table
  whose    text,                        -- with via: whose row x is
  renumber bool not null default false, -- key counts on per customer
  primary key (tab, col)
);
create function movable(tab text, col text, key text, sealed text[] default '{}', mark text default null, via text default null, whose text default null, renumber bool default false) returns void
language plpgsql as $$
begin
  -- The owner of somebody else's PostgreSQL is no superuser, so row security holds for it too.
  alter table movables no force row level security;
  insert into movables values (tab, col, key, mark, sealed, via, whose, renumber);
  alter table movables force row level security;
  if not exists (select from pg_policies p where p.tablename = movable.tab and 'balie_gate' = any(p.roles) and p.cmd = 'ALL') then
    execute format('create policy moved on %I to balie_gate using (true) with check (true)', tab);
  end if;
  execute format('grant select, update, delete on %I to balie_gate', tab);
end $$;
revoke all on function movable(text, text, text, text[], text, text, text, bool) from public;

-- A merge, and until its time is over what it takes to undo it, sealed under the
-- winner's key: whoever erases the winner shreds that too.
create table merges (
  id        bigint generated always as identity primary key,
  winner    bigint not null references customers on delete cascade,
  loser     bigint not null, -- the number of who is no more
  at        timestamptz not null,
  by        int not null references people,
  until     timestamptz not null,
  undone_at timestamptz,
  undone_by int references people,
  material  bytea,
  check ((undone_at is null) = (undone_by is null))
);
create index merges_winner on merges (winner);
create index merges_loser on merges (loser);
create index merges_kept on merges (until) where material is not null;

-- The numbers under which the log knows a customer: its own, and those of who
-- became part of it.
create function known_as(subject bigint) returns bigint[]
language sql stable set search_path = public, pg_temp as $$
  select array[subject] || array(select m.loser from merges m where m.winner = subject and m.undone_at is null)
$$;

select movable('notes', 'customer_id', 'id', '{body}'), movable('activities', 'customer_id', 'id', '{body}'),
  movable('history', 'customer_id', 'version', '{detail}', renumber => true),
  movable('deals', 'customer_id', 'id', '{head,body}', 'version'), movable('deal_contacts', 'contact_id', 'deal_id', '{part}'),
  movable('deal_history', 'deal_id', 'deal_id << 24 | version', '{detail}', via => 'deals', whose => '(select p.customer_id from deals p where p.id = x.deal_id)'),
  movable('tasks', 'customer_id', 'id', '{head,body}', 'version'), movable('invoices', 'customer_id', 'id', '{}', 'version'),
  movable('memberships', 'company_id', 'contact_id'), movable('merges', 'winner', 'id', '{material}');

do $$
declare r text; t text; seen text := 'exists (select from customers c where c.id = winner)';
begin
  foreach t in array array['movables','merges'] loop
    execute format('alter table %I enable row level security, force row level security', t);
  end loop;
  foreach r in array array['sales','manager','privacy'] loop
    execute format('create policy see_%s on movables for select to balie_%1$s using ((select me(%1$L)) is not null)', r);
    execute format('create policy see_%s on merges for select to balie_%1$s using (%2$s)', r, seen);
    execute format('create policy add_%s on merges for insert to balie_%1$s with check (%2$s and by = (select me(%1$L)) and undone_at is null)', r, seen);
    execute format('create policy undo_%s on merges for update to balie_%1$s using (%2$s and undone_at is null) with check (undone_by = (select me(%1$L)) and material is null)', r, seen);
    execute format('grant select on movables, merges to balie_%s', r);
    execute format('grant insert (winner, loser, at, by, until, material), update (undone_at, undone_by, material) on merges to balie_%s', r);
  end loop;
end $$;
create policy gate on movables for select to balie_gate using (true);
grant select on movables to balie_gate;
create policy end_clock on merges for update to balie_clock using (until < now()) with check (material is null);
create policy see_clock on merges for select to balie_clock using (true);
grant select (id, until, material), update (material) on merges to balie_clock;

create function in_reach(subject bigint) returns bool
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from customers c where c.id = subject and (c.scope = me('sales') or c.scope in (select team())
    or me('privacy') is not null and coalesce(current_setting('app.reason', true), '') <> ''))
$$;

-- The rows of a customer in one table, locked; or, of one that hangs on another
-- table, those of some rows of that.
create function merge_rows(t text, c text, subject bigint, parents bigint[]) returns table (key bigint, mark bigint, sealed bytea[])
language plpgsql security definer set search_path = public, pg_temp as $$
declare m movables;
begin
  select * into strict m from movables where tab = t and col = c;
  if not in_reach(subject) then
    return;
  end if;
  return query execute format('select (%s)::bigint, coalesce(%s, 0)::bigint, array[%s]::bytea[] from %I x where %s order by 1 for update',
    m.key, coalesce(quote_ident(m.mark), '0'), (select string_agg(quote_ident(s), ',' order by o) from unnest(m.sealed) with ordinality u (s, o)), m.tab,
    case when m.via is null then format('%I = $1', m.col)
      else format('%I = any($2) and %s = $1', m.col, m.whose) end)
  using subject, parents;
end $$;

-- Moves rows of source to target, sealed anew: cells has the columns of the first
-- row, then those of the second. fresh are their numbers there, where rows are
-- counted per customer. What target has already is dropped. Returns what moved.
create function merge_move(t text, c text, source bigint, target bigint, keys bigint[], fresh bigint[], cells bytea[]) returns bigint[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare m movables; sets text[]; moved bigint[];
begin
  select * into strict m from movables where tab = t and col = c;
  if source = target or not (in_reach(source) and in_reach(target)) then
    return '{}';
  end if;
  select coalesce(array_agg(format('%I = ($5)[(u.i - 1) * %s + %s]', s, cardinality(m.sealed), o) order by o), '{}') into sets
    from unnest(m.sealed) with ordinality v (s, o);
  if m.via is null then
    sets := sets || format('%I = $2', m.col);
    if exists (select from pg_attribute a where a.attrelid = t::regclass and a.attname = 'scope' and not a.attisdropped) then
      sets := sets || '"scope" = (select w.scope from customers w where w.id = $2)'::text;
    end if;
  end if;
  if m.renumber then
    sets := sets || format('%I = ($4)[u.i]', m.key);
  end if;
  execute format('with moved as (update %I x set %s from unnest($3) with ordinality u (key_, i) where (%s) = u.key_ and %s returning u.key_)
      select coalesce(array_agg(key_), ''{}'') from moved', m.tab, array_to_string(sets, ', '), m.key,
    case when m.via is not null then m.whose || ' = $2'
      when m.renumber then format('x.%I = $1', m.col)
      else format('x.%I = $1 and not exists (select from %I y where y.%1$I = $2 and (%3$s) = u.key_)', m.col, m.tab, m.key) end)
  using source, target, keys, fresh, cells into moved;
  if m.via is null then
    execute format('delete from %I x where x.%I = $1 and (%s) = any($2)', m.tab, m.col, m.key) using source, keys;
  end if;
  return moved;
end $$;

-- Ends the loser, with its key: all that was sealed under it is sealed under the
-- winner's now. That nothing is lost is looked at once more, table by table; what
-- is part of the record itself the winner has, or the material.
create function merge_drop(loser bigint, winner bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare r record; left_over bool;
begin
  if not (in_reach(loser) and in_reach(winner)) or loser = winner then
    raise no_data_found;
  end if;
  for r in select f.conrelid::regclass as tab, a.attname as col from pg_constraint f
      join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
      where f.contype = 'f' and f.confrelid = 'customers'::regclass
        and (f.conrelid::regclass::text, a.attname) not in (('customer_tags','customer_id'), ('memberships','contact_id'), ('duplicates','a'), ('duplicates','b'), ('groundless','customer_id')) loop
    execute format('select exists (select from %s where %I = $1)', r.tab, r.col) using loser into left_over;
    if left_over then
      raise exception 'merge: rows of % are left', r.tab;
    end if;
  end loop;
  delete from customers k where k.id = loser;
  delete from subject_keys k where k.subject_id = loser;
end $$;

-- Makes the loser anew, under a new key, for as long as its merge can be undone.
-- It is its owner's again, if the actor may see what that one has.
create function merge_restore(merge bigint, epoch int, wrapped bytea, kind smallint, owner int, status smallint, active timestamptz,
  made timestamptz, maker int, version int, import bigint, request uuid, head bytea, body bytea) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare m merges; w customers;
begin
  select * into m from merges g where g.id = merge and g.undone_at is null and g.material is not null and g.until > now() for update;
  select * into w from customers k where k.id = m.winner for update;
  if m.id is null or w.id is null or not in_reach(w.id) then
    raise no_data_found;
  end if;
  if not (owner = coalesce(me('sales'), owner) and (me('manager') is null or owner in (select team()))
      and exists (select from people p where p.id = owner and p.revoked_at is null)) then
    owner := w.scope;
  end if;
  insert into subject_keys (subject_id, kek_epoch, wrapped) values (m.loser, epoch, wrapped);
  insert into customers (id, kind, scope, status, last_activity, created_at, created_by, updated_at, import_id, version, request, head, body)
    values (m.loser, kind, owner, status, active, made, maker, now(), import, version, request, head, body);
  return owner;
end $$;

grant insert on subject_keys, customers to balie_gate;

-- As it was, but who was merged into a customer was that customer: who saw the
-- one saw the other.
create or replace function exposure(subject bigint, zone text, before date, most int)
returns table (day date, actor int, role text, act text, times bigint, first timestamptz, last timestamptz, total bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select g.day, g.actor, g.role, g.act, g.times, g.first, g.last, g.total
  from (select d.*, count(*) over (order by d.day desc) as upto, max(d.day) over () as latest, count(*) over () as total
    from (select (a.at at time zone zone)::date as day, a.actor, a.role, a.act, count(*) as times, min(a.at) as first, max(a.at) as last
      from audit a
      where a.subjects && (select known_as(subject))
        and exists (select from customers c where c.id = subject
        and (c.scope = me('sales') or c.scope in (select team())
             or me('privacy') is not null and coalesce(current_setting('app.reason', true), '') <> ''))
      group by 1, 2, 3, 4) d
    where before is null or d.day < before) g
  where g.upto <= most or g.day = g.latest
  order by g.day desc, g.last desc
$$;

grant create on schema public to balie_gate; -- needed while the functions change hands
do $$
declare f text;
begin
  foreach f in array array['pairs_apart(int)','in_reach(bigint)','merge_rows(text,text,bigint,bigint[])','merge_move(text,text,bigint,bigint,bigint[],bigint[],bytea[])','merge_drop(bigint,bigint)',
      'merge_restore(bigint,int,bytea,smallint,int,smallint,timestamptz,timestamptz,int,int,bigint,uuid,bytea,bytea)'] loop
    execute format('alter function %s owner to balie_gate', f);
    execute format('revoke all on function %s from public', f);
    continue when f like 'pairs%' or f like 'in_reach%';
    execute format('grant execute on function %s to balie_sales, balie_manager, balie_privacy', f);
  end loop;
end $$;
revoke create on schema public from balie_gate;
grant execute on function pairs_apart(int) to balie_privacy;
