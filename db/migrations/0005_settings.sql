-- What the organisation decides, one row per change; the newest counts.
create table settings (
  key     text not null,
  version int not null,
  value   jsonb not null,
  at      timestamptz not null default now(),
  by      int not null,
  primary key (key, version)
);
alter table settings enable row level security, force row level security;
do $$
declare r text;
begin
  foreach r in array array['sales','manager','finance','privacy','admin','auditor'] loop
    execute format('create policy see_%s on settings for select to balie_%1$s using ((select me(%1$L)) is not null)', r);
    execute format('grant select on settings to balie_%s', r);
  end loop;
  foreach r in array array['door','clock','indexer'] loop
    execute format('create policy see_%s on settings for select to balie_%1$s using (true)', r);
    execute format('grant select on settings to balie_%s', r);
  end loop;
end $$;
create policy add_admin on settings for insert to balie_admin with check ((select me('admin')) is not null);
grant insert on settings to balie_admin;

-- The indexer keeps it: a rebuild makes indexes anew.
revoke create on schema public from balie_gate;
