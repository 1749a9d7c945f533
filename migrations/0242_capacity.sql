-- How much each coach can look after, from a day on; until now one number without a day stood on the membership.

create schema capacity;
comment on schema capacity is 'How much of a full-time job a coach works, and how many people and points they look after at most.';
grant usage on schema capacity to workwell_app;

create table capacity.capacity (
  area text not null,
  id uuid not null,
  member uuid not null,
  from_on date not null,
  share integer not null check (share between 1 and 100),
  people integer check (people between 0 and 500),
  points integer check (points between 0 and 5000),
  why text,
  by uuid,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (area, id),
  foreign key (area, member) references organisations.member (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id)
);
comment on table capacity.capacity is
  'What a coach can carry from a day on: their share of a full-time job in per cent, and the most people and points. Empty is the area''s number times the share. Of two for one day the one said later holds.';
create index capacity_of_member on capacity.capacity (area, member, from_on);
call platform.area_owned('capacity.capacity');

do $$
declare
  one text;
begin
  for one in select area from areas.area loop
    perform set_config('app.area', one, true);
    insert into capacity.capacity (area, id, member, from_on, share, people, why, at)
    select area, gen_random_uuid(), id, from_on, 100, caseload_cap, 'Stood on their membership before', now()
    from organisations.member where area = one and caseload_cap is not null;
  end loop;
end $$;

alter table organisations.member drop column caseload_cap;
