-- A database that begins chooses how to look things up while its tables are empty, and keeps to it: every foreign key of
-- the first large file was looked up by reading all people of the area. Counting the rows anew lets it choose again.

create function platform.take_stock() returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  grown regclass;
begin
  for grown in
    select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relowner = current_user::regrole and n.nspname not in ('pg_catalog', 'information_schema')
      and pg_relation_size(c.oid) / 8192 > 8 and pg_relation_size(c.oid) / 8192 > 2 * c.relpages
    order by c.oid
  loop
    execute format('analyze %s', grown);
  end loop;
end $$;
comment on function platform.take_stock is
  'Counts the rows of tables that have grown to more than twice what they were when they were last counted.';
revoke all on function platform.take_stock from public;
grant execute on function platform.take_stock to workwell_app;
