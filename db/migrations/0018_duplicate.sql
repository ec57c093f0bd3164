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
grant create on schema public to balie_gate; -- needed while the functions change hands
alter function pairs_apart(int) owner to balie_gate;
revoke create on schema public from balie_gate;
revoke all on function pairs_apart(int) from public;
grant execute on function pairs_apart(int) to balie_privacy;
