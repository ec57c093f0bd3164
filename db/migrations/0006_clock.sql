-- What the clock did: one row per job and period. The database is the one
-- clock: what is due is computed here, in the organisation's time zone.
create table job_runs (
  job        text not null,
  period     text not null,
  since      timestamptz not null,
  until      timestamptz not null,
  due        timestamptz not null,
  token      bigint not null default 1, -- rises with each claim; who holds an older one writes nothing
  node       text not null,
  state      text not null check (state in ('running', 'done', 'failed', 'stopped', 'skipped')),
  tries      int not null default 1,
  claimed_at timestamptz not null default now(),
  beat_at    timestamptz not null default now(), -- when the holder was last heard of
  ended_at   timestamptz,
  retry_at   timestamptz,
  counts     jsonb not null default '{}',
  reached    text not null default '',  -- how far it came, for who goes on with it
  error      text not null default '',
  error_args bigint[] not null default '{}',
  primary key (job, period)
);
create index job_runs_due on job_runs (job, due desc);
alter table job_runs enable row level security, force row level security;

create policy clock on job_runs to balie_clock using (true);
grant select, insert, update, delete on job_runs to balie_clock;
do $$
declare r text;
begin
  foreach r in array array['admin','privacy','auditor'] loop
    execute format('create policy see_%s on job_runs for select to balie_%1$s using ((select me(%1$L)) is not null)', r);
    execute format('grant select on job_runs to balie_%s', r);
  end loop;
end $$;

-- What ran out is ended by the clock, and nothing else.
create policy expire_clock on grants for update to balie_clock
  using (ended_at is null and until <= now()) with check (ended_at = until and ended_by is null);
create policy see_clock on grants for select to balie_clock using (true);
create policy expire_clock on invitations for update to balie_clock
  using (used_at is null and voided_at is null and expires_at <= now()) with check (voided_at is not null);
create policy see_clock on invitations for select to balie_clock using (true);
grant select, update (ended_at) on grants to balie_clock;
grant select (id, person_id, expires_at, used_at, voided_at), update (voided_at) on invitations to balie_clock;

-- The organisation's time zone; the program brings the default.
create function org_zone(otherwise text) returns text language sql stable as $$
  select coalesce((select value #>> '{}' from settings where key = 'time.zone' order by version desc limit 1), otherwise)
$$;

create function cadence_step(every text) returns interval language sql immutable as $$
  select case every when 'five minutes' then interval '5 minutes' when 'quarter' then interval '3 months' else ('1 ' || every)::interval end
$$;

-- Hours and shorter are counted in UTC: when the clocks are put back, the same
-- hour comes twice.
create function cadence_zone(every text, zone text) returns text language sql immutable as $$
  select case when every in ('minute', 'five minutes', 'hour') then 'UTC' else zone end
$$;

-- The period that begins at a time on the wall. What is due at a time that the
-- wall shows twice is due at the second, what is due at one that it skips is due
-- as much later: PostgreSQL's "at time zone".
create function period_from(every text, zone text, shift interval, wall timestamp,
  out period text, out since timestamptz, out until timestamptz, out due timestamptz)
language sql stable as $$
  select to_char(wall, case every when 'quarter' then 'YYYY-"Q"Q' when 'month' then 'YYYY-MM' when 'week' then 'IYYY-"W"IW'
      when 'day' then 'YYYY-MM-DD' when 'hour' then 'YYYY-MM-DD"T"HH24"Z"' else 'YYYY-MM-DD"T"HH24:MI"Z"' end),
    wall at time zone z, (wall + cadence_step(every)) at time zone z, (wall + shift) at time zone z
  from cadence_zone(every, zone) z
$$;

create function cadence_wall(every text, zone text, at timestamptz) returns timestamp language sql stable as $$
  select case every when 'minute' then date_trunc('minute', w) when 'five minutes' then date_bin('5 minutes', w, timestamp '2000-01-01')
    else date_trunc(every, w) end
  from (select at at time zone cadence_zone(every, zone) as w) wall
$$;

-- When the period that at lies in began, on the wall, or the one before while
-- what belongs to this one is not due yet.
create function due_wall(every text, zone text, shift interval, at timestamptz) returns timestamp language plpgsql stable as $$
declare wall timestamp := cadence_wall(every, zone, at);
begin
  while (wall + shift) at time zone cadence_zone(every, zone) > at loop
    wall := wall - cadence_step(every);
  end loop;
  return wall;
end $$;

-- Which run of a job is to be done now: one that was begun and not ended, or
-- else the first that was missed (with each), or else that of the last period
-- that fell due. fresh: the job is new, so that this one is not its to do.
-- A clock that was wrong for a while must not stop the jobs: a heartbeat or a
-- retry far in the future counts for nothing. A run that was given up several
-- times waits a while: it may be what brings its nodes down.
create function job_due(name text, every text, shift interval, each bool, zone text, patience interval,
  out period text, out since timestamptz, out until timestamptz, out due timestamptz, out fresh bool)
returns setof record language plpgsql stable as $$
#variable_conflict use_column
declare
  wall timestamp;
  last record;
  p record;
  known timestamptz;
begin
  if exists (select from job_runs r where r.job = name and r.state = 'running'
      and r.beat_at > now() - patience and r.beat_at < now() + patience) then
    return; -- one run of a job at a time
  end if;
  wall := due_wall(every, zone, shift, now());
  last := period_from(every, zone, shift, wall);
  return query select r.period, r.since, r.until, r.due, false from job_runs r
    where r.job = name and (each or r.due >= last.due) and (r.state = 'running'
        and (r.tries < 3 or r.claimed_at < now() - interval '5 minutes' or r.claimed_at > now())
      or r.state in ('failed', 'stopped') and (r.retry_at <= now() or r.retry_at > now() + interval '2 hours'))
    order by r.due limit 1;
  if found then
    return;
  end if;
  if not exists (select from job_runs r where r.job = name) then
    return query select last.period, last.since, last.until, last.due, true;
    return;
  end if;
  known := (select max(r.due) from job_runs r where r.job = name and r.due <= last.due);
  for steps in 1 .. 10000 loop
    p := period_from(every, zone, shift, wall);
    exit when p.due <= known or steps > 1 and (known is null or not each);
    if not exists (select from job_runs r where r.job = name and r.period = p.period) then
      last := p;
      fresh := false;
    end if;
    wall := wall - cadence_step(every);
  end loop;
  if not fresh then
    return query select last.period, last.since, last.until, last.due, false;
  end if;
end $$;
