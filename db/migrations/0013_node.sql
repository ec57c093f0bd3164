-- When a session's node last said that it still serves it. A node that was
-- killed says nothing any more, and the others end its sessions.
alter table sessions add column seen_at timestamptz not null default now();
grant update (seen_at) on sessions to balie_door;
