-- Most services are open for whole hours: only in the others is it looked at the minute, which is not in an index.

alter table services.service no force row level security;
alter table services.opening no force row level security;

alter table services.service add column whole_hours bit(168) not null default repeat('0', 168)::bit(168);
comment on column services.service.whole_hours is 'In which hours of the week, from Monday midnight, it is open from beginning to end, in every week.';
update services.service set whole_hours = coalesce((
    select bit_or(set_bit(repeat('0', 168)::bit(168), (((opening.day - 1) * 24 + hour) % 168)::integer, 1))
    from services.opening cross join lateral generate_series(ceil(extract(epoch from opens) / 3600)::integer,
      (floor(extract(epoch from closes) / 3600) + case when closes <= opens then 24 else 0 end)::integer - 1) as hour
    where opening.area = service.area and opening.service = service.id), whole_hours)
  where jsonb_array_length(document -> 'otherHours') = 0
    and exists (select from services.opening where opening.area = service.area and opening.service = service.id offset 0);

alter table services.service force row level security;
alter table services.opening force row level security;

drop index services.service_narrow;
create index service_narrow on services.service (area, id)
  include (name_key, marks, hours, whole_hours, published, wait_weeks, least_age, most_age, valid_from, valid_until, paused_from, paused_until);
