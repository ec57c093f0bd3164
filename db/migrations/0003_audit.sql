-- Who saw and changed what. Written in the transaction of the act; the serving
-- roles can only insert. mac is over the whole row, under a key that is not here.
create table audit (
  id       bigint generated always as identity primary key,
  xid      xid8 not null default pg_current_xact_id(),
  at       timestamptz not null,
  actor    int not null,           -- 0: the program itself
  role     text not null,
  session  text not null,
  act      text not null,
  refused  bool not null,
  ref      bigint not null,        -- what it is about, by its id; 0: nothing
  subjects bigint[] not null,      -- whose data was seen or changed
  purpose  bytea not null,         -- the recorded reason, sealed under the system key
  fields   text[] not null,
  detail   bytea not null,         -- sealed
  nonce    bytea not null,
  mac      bytea not null
);
create index audit_xid on audit (xid, id);
create index audit_actor on audit (actor, id desc);
create index audit_subjects on audit using gin (subjects);

-- A checkpoint covers the rows of all transactions in [lo, hi): everything
-- below the oldest running transaction is settled, so no row can slip in later.
-- leaves has id and hash of each row, so that a changed one can be named.
create table checkpoints (
  n         bigint primary key,
  lo        xid8 not null,
  hi        xid8 not null,
  rows      int not null,
  at        timestamptz not null,
  leaves    bytea not null,
  digest    bytea not null,
  prev      bytea not null,
  signature bytea not null
);

alter table audit enable row level security, force row level security;
alter table checkpoints enable row level security, force row level security;

-- The same as policy.IsAccess.
create function is_access_act(act text) returns bool language sql immutable as $$
  select split_part(act, '.', 1) in ('person','key','session','signin','signout','join','profile')
$$;

do $$
declare r text;
begin
  foreach r in array array['sales','manager','finance','privacy','admin','auditor','door','founder','clock','indexer','eraser'] loop
    -- id and xid are PostgreSQL's to give: who could choose them could slip a row
    -- in among those that are sealed already.
    execute format($p$create policy write_%s on audit for insert to balie_%1$s
      with check (role = %1$L and actor = coalesce(nullif(current_setting('app.actor', true), '')::int, 0))$p$, r);
    execute format('grant insert (at, actor, role, session, act, refused, ref, subjects, purpose, fields, detail, nonce, mac) on audit to balie_%s', r);
  end loop;
  foreach r in array array['sales','manager','finance','privacy','admin','auditor'] loop
    execute format('create policy own_%s on audit for select to balie_%1$s using (actor = (select me(%1$L)))', r);
    execute format('grant select on audit to balie_%s', r);
  end loop;
end $$;
create policy team_manager on audit for select to balie_manager using (actor in (select team()));
create policy all_privacy on audit for select to balie_privacy using ((select me('privacy')) is not null);
create policy all_auditor on audit for select to balie_auditor using ((select me('auditor')) is not null);
create policy access_admin on audit for select to balie_admin using ((select me('admin')) is not null and is_access_act(act));
create policy sealer on audit for select to balie_sealer using (true);
create policy sealer on checkpoints for select to balie_sealer using (true);
create policy sealer_write on checkpoints for insert to balie_sealer with check (true);
grant select on audit to balie_sealer;
grant select, insert on checkpoints to balie_sealer;
