-- What data subjects ask: art. 15 to 22 GDPR. Texts are sealed under the key of
-- the customer whom a request is about, so that an erasure shreds them and leaves
-- the register; those of one who is not among the customers under the system key,
-- bound to the request.
create table request_numbers (
  year int primary key,
  last int not null
);

create sequence request_ids;
create table requests (
  id          bigint primary key,      -- from request_ids
  year        int not null default 0,  -- given by number_request()
  number      int not null default 0,
  kind        text not null check (kind in ('access', 'rectification', 'erasure', 'restriction', 'portability', 'objection')),
  channel     text not null,
  received_on date not null,
  subject_id  bigint not null default 0, -- whose key seals; it outlives its customer, so it refers to none. 0: the system key
  recorded_at timestamptz not null,
  recorded_by int not null references people,
  identity    text not null default 'open' check (identity in ('open', 'proven', 'failed')),
  worked_at   timestamptz,             -- what was asked was done in this program
  extended_at timestamptz,
  decision    text not null default '' check (decision in ('', 'granted', 'partly', 'refused', 'withdrawn')),
  ground      text not null default '',
  sent_at     timestamptz,
  closed_at   timestamptz,
  updated_at  timestamptz not null,
  version     int not null default 1,
  request     uuid not null,
  head        bytea not null,
  body        bytea not null,
  unique (year, number),
  check (closed_at is null or decision <> '')
);
create unique index requests_request on requests (recorded_by, request);
create index requests_open on requests (received_on, id) where closed_at is null;
create index requests_closed on requests (closed_at desc, id desc) where closed_at is not null;
create index requests_subject on requests (subject_id) where subject_id <> 0;
create index requests_recorder on requests (recorded_by);

-- What happened on the way, by whom; 0: the clock. Never changed.
create table request_steps (
  id         bigint generated always as identity primary key,
  request_id bigint not null references requests,
  at         timestamptz not null,
  person_id  int not null,
  step       text not null,
  subject_id bigint not null default 0, -- whose key seals, as in requests: what is added after an erasure is under the system key
  body       bytea                      -- none of the clock's
);
create index request_steps_request on request_steps (request_id, id);
create unique index request_steps_clock on request_steps (request_id, step) where person_id = 0;

-- The times in which the clock stood still: art. 12(6) GDPR.
create table request_pauses (
  request_id bigint not null references requests,
  since      timestamptz not null,
  until      timestamptz,
  primary key (request_id, since),
  check (until > since)
);

-- The other systems in which a request has to be carried out. Their names are the
-- organisation's, under the system key: they are still to be done after an
-- erasure here.
create table request_systems (
  id         bigint generated always as identity primary key,
  request_id bigint not null references requests,
  done_at    timestamptz,
  done_by    int references people,
  head       bytea not null, -- its name, who looks after it, how it is done there
  subject_id bigint not null default 0,
  body       bytea           -- what was done there
);
create index request_systems_request on request_systems (request_id, id);

-- What was decided about places in an answer that may tell about others: art.
-- 15(4) GDPR. place is a keyed digest of a field and of the text that stands in
-- it; from begins to ends, in bytes, is what was looked at.
create table request_marks (
  request_id bigint not null references requests,
  place      bytea not null,
  begins     int not null,
  ends       int not null,
  redact     bool not null,
  at         timestamptz not null,
  person_id  int not null references people,
  primary key (request_id, place, begins, ends),
  check (0 <= begins and begins < ends)
);

do $$
declare t text; r text;
begin
  foreach t in array array['request_numbers','requests','request_steps','request_pauses','request_systems','request_marks'] loop
    execute format('alter table %I enable row level security, force row level security', t);
  end loop;
  -- The officer handles all of them.
  foreach t in array array['requests','request_steps','request_pauses','request_systems','request_marks'] loop
    execute format('create policy see_privacy on %I for select to balie_privacy using ((select me(''privacy'')) is not null)', t);
    execute format('grant select on %I to balie_privacy', t);
  end loop;
  -- Whoever hears of one records it, and sees what became of it.
  foreach r in array array['sales','manager'] loop
    execute format('create policy see_%s on requests for select to balie_%1$s using (recorded_by = (select me(%1$L)))', r);
    execute format('create policy see_%s on request_pauses for select to balie_%1$s using (exists (select from requests r where r.id = request_id))', r);
    execute format('grant select on requests, request_pauses to balie_%s', r);
  end loop;
  foreach r in array array['sales','manager','privacy'] loop
    execute format('create policy add_%s on requests for insert to balie_%1$s with check (recorded_by = (select me(%1$L))
      and (subject_id = 0 or exists (select from customers c where c.id = subject_id)))', r);
    execute format('grant insert (id, kind, channel, received_on, subject_id, recorded_at, recorded_by, updated_at, request, head, body) on requests to balie_%s', r);
    execute format('grant usage on sequence request_ids to balie_%s', r);
  end loop;
end $$;
create policy change_privacy on requests for update to balie_privacy using ((select me('privacy')) is not null and closed_at is null)
  with check ((select me('privacy')) is not null);
create policy add_privacy on request_steps for insert to balie_privacy with check (person_id = (select me('privacy'))
  and exists (select from requests r where r.id = request_id and r.closed_at is null));
create policy add_privacy on request_pauses for insert to balie_privacy with check ((select me('privacy')) is not null
  and exists (select from requests r where r.id = request_id and r.closed_at is null));
create policy change_privacy on request_pauses for update to balie_privacy using ((select me('privacy')) is not null and until is null)
  with check ((select me('privacy')) is not null);
create policy add_privacy on request_systems for insert to balie_privacy with check ((select me('privacy')) is not null and done_by is null
  and exists (select from requests r where r.id = request_id and r.closed_at is null));
create policy change_privacy on request_systems for update to balie_privacy using ((select me('privacy')) is not null)
  with check (done_by is null or done_by = (select me('privacy')));
create policy add_privacy on request_marks for insert to balie_privacy with check (person_id = (select me('privacy'))
  and exists (select from requests r where r.id = request_id and r.closed_at is null));
create policy change_privacy on request_marks for update to balie_privacy using ((select me('privacy')) is not null)
  with check (person_id = (select me('privacy')));
grant insert, update (redact, at, person_id) on request_marks to balie_privacy;
create policy see_privacy on imports for select to balie_privacy -- where data came from
  using ((select me('privacy')) is not null and coalesce(current_setting('app.reason', true), '') <> '');
grant select on imports to balie_privacy;
grant update (kind, subject_id, identity, worked_at, extended_at, decision, ground, sent_at, closed_at, updated_at, version, head, body) on requests to balie_privacy;
grant insert (request_id, at, person_id, step, subject_id, body) on request_steps to balie_privacy;
grant update (subject_id, body) on request_steps to balie_privacy; -- sealed anew when a request is linked to a customer
create policy reseal_privacy on request_steps for update to balie_privacy using ((select me('privacy')) is not null);
grant insert, update (until) on request_pauses to balie_privacy;
grant insert (request_id, head), update (done_at, done_by, subject_id, body) on request_systems to balie_privacy;

-- The auditor reads the register, without the people in it; the clock counts.
create policy see_auditor on requests for select to balie_auditor using ((select me('auditor')) is not null);
create policy see_auditor on request_pauses for select to balie_auditor using ((select me('auditor')) is not null);
create policy clock on requests for select to balie_clock using (true);
create policy clock on request_pauses for select to balie_clock using (true);
create policy clock_see on request_steps for select to balie_clock using (true);
create policy clock_add on request_steps for insert to balie_clock with check (person_id = 0 and step in ('due soon', 'target', 'overdue'));
do $$
declare r text;
begin
  foreach r in array array['auditor','clock'] loop
    execute format('grant select (id, year, number, kind, channel, received_on, recorded_at, recorded_by, identity, worked_at, extended_at, decision, ground,
      sent_at, closed_at, updated_at, version) on requests to balie_%s', r);
    execute format('grant select on request_pauses to balie_%s', r);
  end loop;
end $$;
grant select (request_id, step, person_id), insert (request_id, at, person_id, step) on request_steps to balie_clock;

-- Numbers follow each other within a year; who records one sees no others.
create policy gate on request_numbers to balie_gate using (true) with check (true);
grant select, insert, update on request_numbers to balie_gate;
create function number_request() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.year := extract(year from new.received_on);
  insert into request_numbers as n values (new.year, 1) on conflict (year) do update set last = n.last + 1 returning last into new.number;
  return new;
end $$;
grant create on schema public to balie_gate; -- needed while the function changes hands
alter function number_request() owner to balie_gate;
revoke all on function number_request() from public;
revoke create on schema public from balie_gate;
create trigger number_request before insert on requests for each row execute function number_request();

-- Two customers that become one: what either asked is asked by the one.
select movable('requests', 'subject_id', 'id', '{head,body}', 'version'), movable('request_steps', 'subject_id', 'id', '{body}'),
  movable('request_systems', 'subject_id', 'id', '{body}');
