-- A batch may bring a case for somebody who was here before: what they agreed to in it goes with it when it is taken back,
-- and the rest of their answers stay.

alter table permissions.permission add column batch uuid;
comment on column permissions.permission.batch is 'The batch that brought the answer; empty where it was given here.';

drop function permissions.take_back(text, uuid[]);
create function permissions.take_back(of_area text, persons uuid[], batches uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  with answers as (
    delete from permissions.permission a using people.person p
    where a.area = of_area and p.area = of_area and p.id = a.person and a.person = any(persons)
      and (p.batch = any(batches) or a.batch = any(batches))
    returning a.id
  )
  select coalesce(array_agg(id), '{}') into gone from answers;
  return gone;
end $$;
comment on function permissions.take_back is
  'Takes back what people agreed to: everything of people whom one of these batches brought, otherwise what came with it.';
revoke all on function permissions.take_back from public;
grant execute on function permissions.take_back to workwell_app;
