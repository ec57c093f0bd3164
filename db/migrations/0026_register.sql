-- What the organisation records of its own handling of data: one row per
-- version, the newest counts. Sealed under the system key: who looks after a
-- system, and whose account was used in a breach, are people.
create sequence register_ids;
create table register_entries (
  id       bigint not null,
  version  int not null,
  register text not null check (register in ('processors', 'inventory', 'recipients', 'breaches')),
  at       timestamptz not null default now(),
  by       int not null references people,
  retired  bool not null,
  request  uuid not null,
  body     bytea not null,
  primary key (id, version)
);
create unique index register_entries_request on register_entries (by, request);

-- The texts that were published, whole: about nobody. hash is of the text.
create table documents (
  kind     text not null check (kind in ('statement', 'processing', 'handbook')),
  language text not null check (language in ('nl', 'en')),
  version  int not null,
  at       timestamptz not null default now(),
  by       int not null references people,
  body     text not null,
  primary key (kind, language, version)
);

do $$
declare
  r text; t text;
begin
  foreach t in array array['register_entries','documents'] loop
    execute format('alter table %I enable row level security, force row level security', t);
  end loop;
  foreach r in array array['privacy','admin','auditor'] loop
    execute format('create policy see_%s on register_entries for select to balie_%1$s using ((select me(%1$L)) is not null%2$s)', r,
      case r when 'admin' then ' and register <> ''breaches''' else '' end);
    execute format('grant select on register_entries to balie_%s', r);
    if r <> 'auditor' then
      execute format('create policy add_%s on register_entries for insert to balie_%1$s with check (by = (select me(%1$L)) and at = now()%2$s)', r,
        case r when 'admin' then ' and register <> ''breaches''' else '' end);
      execute format('grant insert (id, version, register, by, retired, request, body) on register_entries to balie_%s', r);
      execute format('grant usage on sequence register_ids to balie_%s', r);
    end if;
  end loop;
  foreach r in array array['sales','manager','finance','privacy','admin','auditor'] loop
    execute format('create policy see_%s on documents for select to balie_%1$s using ((select me(%1$L)) is not null)', r);
    execute format('grant select on documents to balie_%s', r);
  end loop;
end $$;
create policy add_privacy on documents for insert to balie_privacy with check (by = (select me('privacy')) and at = now());
grant insert (kind, language, version, by, body) on documents to balie_privacy;
