-- Rehearsals: somebody by chance was answered and erased, and that was taken
-- back. What is kept tells nobody who it was; the log does, to who may read it.
create table drills (
  id        bigint generated always as identity primary key,
  at        timestamptz not null default now(),
  person_id int not null references people,
  answer    interval not null, -- gathering, writing and reading back the answer
  erasure   interval not null,
  entries   int not null,
  columns   int not null,      -- in which whom a row is about was looked for
  wrong     text[] not null    -- what was not complete, by name of a column or a check
);
create index drills_at on drills (at desc, id desc);
alter table drills enable row level security, force row level security;
create policy see_privacy on drills for select to balie_privacy using ((select me('privacy')) is not null);
create policy see_auditor on drills for select to balie_auditor using ((select me('auditor')) is not null);
create policy add_privacy on drills for insert to balie_privacy with check (person_id = (select me('privacy')) and at = now()
  and coalesce(current_setting('app.reason', true), '') <> '');
grant select on drills to balie_privacy, balie_auditor;
grant insert (person_id, answer, erasure, entries, columns, wrong) on drills to balie_privacy;

-- How many rows still have somebody's number, for a drill that must not trust its
-- own rights: what row security hides from the officer is seen as well. Of a table
-- that the gate may not look into, n is null. Search is asked itself.
do $$
declare c record;
begin
  for c in select r.relname t, a.attname a from pg_class r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
      left join pg_constraint f on f.conrelid = r.oid and f.contype = 'f' and f.confrelid = 'customers'::regclass and a.attnum = any(f.conkey)
    where r.relnamespace = 'public'::regnamespace and r.relkind in ('r', 'p') and r.relname <> 'search_tokens'
      and (f.oid is not null or r.relname = 'customers' and a.attname = 'id' or a.attname in ('customer_id', 'subject_id', 'contact_id', 'company_id'))
  loop
    execute format('grant select (%I) on %I to balie_gate', c.a, c.t);
    if not exists (select from pg_policies p where p.tablename = c.t and p.policyname = 'drill') then
      execute format('create policy drill on %I for select to balie_gate using (true)', c.t);
    end if;
  end loop;
end $$;

create function rows_about(subject bigint) returns table (col text, n bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare c record;
begin
  if me('privacy') is null then
    return;
  end if;
  for c in select distinct r.relname t, a.attname a, has_column_privilege(r.oid, a.attnum, 'select')
      and exists (select from pg_policy p where p.polrelid = r.oid and 'balie_gate'::regrole = any(p.polroles) and p.polcmd in ('r', '*')) as seen
    from pg_class r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
      left join pg_constraint f on f.conrelid = r.oid and f.contype = 'f' and f.confrelid = 'customers'::regclass and a.attnum = any(f.conkey)
    where r.relnamespace = 'public'::regnamespace and r.relkind in ('r', 'p') and r.relname <> 'search_tokens'
      and (f.oid is not null or r.relname = 'customers' and a.attname = 'id' or a.attname in ('customer_id', 'subject_id', 'contact_id', 'company_id'))
  loop
    if c.seen then
      return query execute format('select %L::text, count(*) from %I where %I = $1', c.t || '.' || c.a, c.t, c.a) using subject;
    else
      return query select c.t || '.' || c.a, null::bigint;
    end if;
  end loop;
end $$;
grant create on schema public to balie_gate; -- needed while the function changes hands
alter function rows_about(bigint) owner to balie_gate;
revoke all on function rows_about(bigint) from public;
revoke create on schema public from balie_gate;
grant execute on function rows_about(bigint) to balie_privacy;
