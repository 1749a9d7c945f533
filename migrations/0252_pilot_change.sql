-- The days of a pilot, and whom it is for, may change while it runs: with the reason, and what was before stays.

create table pilot.change (
  area text not null,
  id uuid not null,
  pilot uuid not null,
  number integer not null check (number > 0),
  from_on date not null,
  until_on date not null,
  cohort jsonb not null,
  why text not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  unique (area, pilot, number),
  foreign key (area, pilot) references pilot.pilot (area, id),
  foreign key (area, by) references organisations.member (area, id),
  check (until_on >= from_on)
);
comment on table pilot.change is
  'That the days of a pilot or whom it is for were changed: how they were until then, who changed them and why.';
call platform.area_owned('pilot.change', 'select, insert');
