-- What the organisation uses data for, one row per change; the newest counts,
-- and the program's own where there is none. About nobody.
create table purposes (
  name    text not null,
  version int not null,
  value   jsonb not null,
  at      timestamptz not null default now(),
  by      int not null references people,
  primary key (name, version)
);

-- What people were asked, to the letter, by its hash. One belongs to one
-- purpose, so that a yes can't be kept for another.
create table wordings (
  hash     bytea not null check (length(hash) = 32),
  purpose  text not null,
  language text not null check (language in ('nl', 'en')),
  body     text not null,
  at       timestamptz not null default now(),
  by       int references people,
  primary key (hash, purpose),
  check (hash = sha256(convert_to(body, 'UTF8')))
);

-- What happened between a person and a purpose. Only added to: the state on any
-- date is the replay. detail is sealed under the person's key. person_id is the
-- colleague who recorded it; without one it was a web session of the person's.
create table consents (
  id          bigint generated always as identity primary key,
  customer_id bigint not null references customers on delete cascade,
  purpose     text not null,
  kind        text not null check (kind in ('asked', 'given', 'offered', 'withdrawn', 'objected', 'lifted')),
  how         text not null check (how in ('form', 'mail', 'phone', 'paper', 'web')),
  at          timestamptz not null,
  until       timestamptz,
  marketing   bool not null,
  wording     bytea,
  recorded_at timestamptz not null default now(),
  person_id   int references people,
  session     text not null,
  detail      bytea not null,
  request     uuid not null,
  foreign key (wording, purpose) references wordings (hash, purpose),
  check (at <= recorded_at),
  check ((kind in ('asked', 'given', 'offered')) = (wording is not null)),
  check ((kind = 'asked') = (until is not null)),
  check (person_id is not null or how = 'web')
);
create index consents_customer on consents (customer_id, at, id);
create index consents_purpose on consents (purpose, customer_id);
create index bases_consent on bases (purpose, customer_id) where basis = 'consent';
create unique index consents_request on consents (person_id, request);

-- What proves an event: a scan, a recording. In pieces, each sealed under the
-- person's key with its place.
create table evidence (
  id          bigint generated always as identity primary key,
  consent_id  bigint not null references consents on delete cascade,
  at          timestamptz not null default now(),
  person_id   int not null references people,
  size        int not null check (size between 1 and 26214400),
  head        bytea not null
);
create index evidence_consent on evidence (consent_id);
create table evidence_parts (
  evidence_id bigint not null references evidence on delete cascade,
  n           int not null,
  body        bytea not null,
  primary key (evidence_id, n)
);
alter table evidence_parts alter body set storage external; -- noise does not compress

-- The link of a double opt-in: only a keyed hash of it is kept, it works once,
-- and runs out.
create table optins (
  consent_id bigint primary key references consents on delete cascade,
  digest     bytea not null unique,
  expires_at timestamptz not null,
  used_at    timestamptz
);

-- Records that stand on nothing, kept by triggers: looking for them among a
-- million on each first screen would take too long.
create table groundless (
  customer_id bigint primary key references customers on delete cascade,
  since       timestamptz not null
);

-- Mailing lists: saved selections, filtered by what people stand on at each use.
-- The name and the selection may tell of a person, so they are sealed under the
-- system key.
create table audiences (
  id         int generated always as identity primary key,
  purpose    text not null,
  means      text not null check (means in ('mail', 'phone', 'post', 'none')),
  head       bytea not null,
  at         timestamptz not null default now(),
  by         int not null references people,
  retired_at timestamptz
);
create table audience_exports (
  id          bigint generated always as identity primary key,
  audience_id int not null references audiences,
  at          timestamptz not null default now(),
  person_id   int not null references people,
  hash        bytea not null check (length(hash) = 32), -- of the file
  manifest    jsonb not null
);
create index audience_exports_audience on audience_exports (audience_id);
create table audience_members (
  export_id   bigint not null references audience_exports,
  customer_id bigint not null references customers on delete cascade,
  primary key (export_id, customer_id)
);
create index audience_members_customer on audience_members (customer_id);

do $$
declare t text;
begin
  foreach t in array array['purposes','wordings','consents','evidence','evidence_parts','optins','groundless','audiences','audience_exports','audience_members'] loop
    execute format('alter table %I enable row level security, force row level security', t);
  end loop;
  foreach t in array array['consents','optins','groundless','bases'] loop
    if t <> 'bases' then execute format('create policy gate on %I to balie_gate using (true)', t); end if;
    execute format('grant select, insert on %I to balie_gate', t);
  end loop;
  foreach t in array array['purposes','wordings','consents','groundless'] loop
    execute format('create policy clock on %I for select to balie_clock using (true)', t);
  end loop;
end $$;
grant update (used_at) on optins to balie_gate;
grant delete on groundless to balie_gate;
grant select on purposes, wordings, groundless to balie_clock;
grant select (id, customer_id, purpose, kind, at, until, marketing) on consents to balie_clock;

-- Purposes and wordings are about nobody: everybody alive reads them, and the
-- privacy officer decides.
do $$
declare r text;
begin
  foreach r in array array['sales','manager','finance','privacy','admin','auditor'] loop
    execute format('create policy see_%s on purposes for select to balie_%1$s using ((select me(%1$L)) is not null)', r);
    execute format('create policy see_%s on wordings for select to balie_%1$s using ((select me(%1$L)) is not null)', r);
    execute format('grant select on purposes, wordings to balie_%s', r);
  end loop;
end $$;
create policy add_privacy on purposes for insert to balie_privacy with check (by = (select me('privacy')) and at = now());
grant insert (name, version, value, by) on purposes to balie_privacy;

-- What hangs on a customer is seen and added to with it.
do $$
declare
  r text; t text; seen text; own text;
begin
  foreach r in array array['sales','manager','privacy'] loop
    own := format('(select me(%L))', r);
    seen := 'exists (select from customers c where c.id = %I.customer_id)';
    execute format('create policy add_%s on wordings for insert to balie_%1$s with check (by = %2$s and at = now())', r, own);
    execute format('create policy see_%s on consents for select to balie_%1$s using (%2$s)', r, format(seen, 'consents'));
    execute format('create policy add_%s on consents for insert to balie_%1$s with check (%2$s and person_id = %3$s and recorded_at = now() and how <> ''web'')', r, format(seen, 'consents'), own);
    -- The officer counts them without a reason: these are numbers, of nobody's data.
    execute format('create policy see_%s on groundless for select to balie_%1$s using (%2$s)', r,
      case r when 'privacy' then own || ' is not null' else format(seen, 'groundless') end);
    execute format('create policy see_%s on evidence for select to balie_%1$s using (exists (select from consents e where e.id = consent_id))', r);
    execute format('create policy add_%s on evidence for insert to balie_%1$s with check (exists (select from consents e where e.id = consent_id) and person_id = %2$s and at = now())', r, own);
    execute format('create policy see_%s on evidence_parts for select to balie_%1$s using (exists (select from evidence e where e.id = evidence_id))', r);
    -- Pieces come with their head, in the same transaction, and never after it.
    execute format('create policy add_%s on evidence_parts for insert to balie_%1$s with check (exists (select from evidence e where e.id = evidence_id and e.person_id = %2$s and e.at = now()))', r, own);
    execute format('create policy see_%s on optins for select to balie_%1$s using (exists (select from consents e where e.id = consent_id))', r);
    execute format('create policy add_%s on optins for insert to balie_%1$s with check (used_at is null and exists (select from consents e where e.id = consent_id and e.kind = ''asked'' and e.person_id = %2$s and e.recorded_at = now() and e.until = expires_at))', r, own);
    execute format('create policy live_%s on audiences for select to balie_%1$s using (%2$s is not null)', r, own);
    execute format('create policy add_%s on audiences for insert to balie_%1$s with check (by = %2$s and at = now() and retired_at is null)', r, own);
    execute format('create policy retire_%s on audiences for update to balie_%1$s using (%2$s) with check (retired_at is not null)', r,
      case r when 'privacy' then own || ' is not null' else 'by = ' || own end);
    execute format('create policy live_%s on audience_exports for select to balie_%1$s using (%2$s is not null)', r, own);
    execute format('create policy add_%s on audience_exports for insert to balie_%1$s with check (person_id = %2$s and at = now())', r, own);
    execute format('create policy see_%s on audience_members for select to balie_%1$s using (%2$s)', r, format(seen, 'audience_members'));
    execute format('create policy add_%s on audience_members for insert to balie_%1$s with check (%2$s and exists (select from audience_exports e where e.id = export_id and e.person_id = %3$s and e.at = now()))', r, format(seen, 'audience_members'), own);
    execute format('grant select on consents, evidence, evidence_parts, groundless, audiences, audience_exports, audience_members to balie_%s', r);
    execute format('grant select (consent_id, expires_at, used_at), insert (consent_id, digest, expires_at) on optins to balie_%s', r);
    execute format('grant insert (hash, purpose, language, body, by) on wordings to balie_%s', r);
    execute format('grant insert (customer_id, purpose, kind, how, at, until, marketing, wording, person_id, session, detail, request) on consents to balie_%s', r);
    execute format('grant insert (consent_id, person_id, size, head) on evidence to balie_%s', r);
    execute format('grant insert on evidence_parts, audience_members to balie_%s', r);
    execute format('grant insert (purpose, means, head, by), update (retired_at) on audiences to balie_%s', r);
    execute format('grant insert (audience_id, person_id, hash, manifest) on audience_exports to balie_%s', r);
  end loop;
end $$;

-- Whoever loses the last basis comes up to be decided; whoever gets one is done.
create function bases_gone() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into groundless select distinct g.customer_id, now() from gone g
  where not exists (select from bases b where b.customer_id = g.customer_id)
    and exists (select from customers c where c.id = g.customer_id)
  on conflict do nothing;
  return null;
end $$;
create function bases_came() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from groundless g using came c where g.customer_id = c.customer_id;
  return null;
end $$;

-- The person uses the link: once, in time, and only if nothing was said against
-- it since it was asked. What was sealed with the asking goes with the yes.
-- Gives the new event; null: the link does not work, whatever the cause.
create function confirm_consent(token bytea, web_session text) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare a consents; made bigint;
begin
  select c.* into a from optins o join consents c on c.id = o.consent_id
  where o.digest = token and o.used_at is null and o.expires_at > now() for update of o;
  if not found or exists (select from consents c where c.customer_id = a.customer_id and c.at >= a.at
      and (c.kind = 'withdrawn' and c.purpose = a.purpose or c.kind = 'objected' and (c.purpose = a.purpose or c.marketing and a.marketing))) then
    return null;
  end if;
  update optins set used_at = now() where consent_id = a.id;
  insert into consents (customer_id, purpose, kind, how, at, marketing, wording, session, detail, request)
  values (a.customer_id, a.purpose, 'given', 'web', now(), a.marketing, a.wording, web_session, a.detail, gen_random_uuid()) returning id into made;
  insert into bases values (a.customer_id, a.purpose, 'consent', now()) on conflict do nothing;
  update customers set version = version + 1, updated_at = now() where id = a.customer_id;
  return made;
end $$;

grant create on schema public to balie_gate; -- needed while the functions change hands
do $$
declare f text;
begin
  foreach f in array array['bases_gone()','bases_came()','confirm_consent(bytea,text)'] loop
    execute format('alter function %s owner to balie_gate', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
revoke create on schema public from balie_gate;
grant execute on function confirm_consent(bytea,text) to balie_door;
create trigger bases_gone after delete on bases referencing old table as gone for each statement execute function bases_gone();
create trigger bases_came after insert on bases referencing new table as came for each statement execute function bases_came();

-- Those there are already.
set role balie_gate;
insert into groundless select c.id, now() from customers c where not exists (select from bases b where b.customer_id = c.id);
reset role;

-- What goes along when two records of one person become one (see 0018).
select movable('consents', 'customer_id', 'id', '{detail}'), movable('audience_members', 'customer_id', 'export_id'),
  movable('evidence', 'consent_id', 'id', '{head}', via => 'consents', whose => '(select p.customer_id from consents p where p.id = x.consent_id)'),
  movable('evidence_parts', 'evidence_id', 'evidence_id << 12 | n', '{body}', via => 'evidence',
    whose => '(select p.customer_id from evidence v join consents p on p.id = v.consent_id where v.id = x.evidence_id)');
