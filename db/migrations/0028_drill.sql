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
create policy add_privacy on drills for insert to balie_privacy with check (person_id = (select me('privacy')) and at = now());
grant select on drills to balie_privacy, balie_auditor;
grant insert (person_id, answer, erasure, entries, columns, wrong) on drills to balie_privacy;
