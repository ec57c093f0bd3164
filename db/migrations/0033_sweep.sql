-- The sweep asked of each customer by itself whether something keeps it, half the
-- time of putting away and a quarter of erasing: now once of all of a batch.
create function held_among(customers bigint[], sorts text[]) returns setof bigint
language sql stable set search_path = public, pg_temp as $$
  select h.customer_id from legal_holds h where h.customer_id = any(customers) and h.ended_at is null and h.sort = any(sorts) and h.until >= current_date - 1
$$;
create function kept_among(subjects bigint[]) returns setof bigint
language sql stable set search_path = public, pg_temp as $$
  select held_among(subjects, '{hold,keep}') union select c.id from customers c where c.id = any(subjects) and c.restricted
$$;
revoke all on function held_among(bigint[], text[]), kept_among(bigint[]) from public;
grant execute on function held_among(bigint[], text[]), kept_among(bigint[]) to balie_gate, balie_clock, balie_privacy;

create or replace function pg_temp.amend(name regprocedure, part text, by_part text) returns void language plpgsql as $$
begin
  if position(part in pg_get_functiondef(name)) = 0 then
    raise exception 'not in %: %', name, part;
  end if;
  execute replace(pg_get_functiondef(name), part, by_part);
end $$;
select pg_temp.amend('archive_customers(bigint[],text)', 'not is_kept(c.id)', 'not c.id = any(array(select kept_among(ids)))');
select pg_temp.amend('erase_customers(bigint[],bytea[],text[],bigint[],int[],int[],bigint[],bigint[],bytea[],bytea[],text[],bigint[])',
  'not is_held(c.id, ''{hold}'')', 'not c.id = any(array(select held_among(subjects, ''{hold}'')))');
select pg_temp.amend('erase_customers(bigint[],bytea[],text[],bigint[],int[],int[],bigint[],bigint[],bytea[],bytea[],text[],bigint[])',
  'not is_kept(c.id)', 'not c.id = any(array(select kept_among(subjects)))');
-- Of each row still, whoever deletes it.
select pg_temp.amend('held_stays()', 'is_held(old.id, ''{hold}'')',
  'exists (select from legal_holds h where h.customer_id = old.id and h.ended_at is null and h.sort = ''hold'' and h.until >= current_date - 1)');
