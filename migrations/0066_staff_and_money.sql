-- What an area means to have and to spend, and what it spent: entered by somebody, for nothing here can be counted.

create schema staff_and_money;
comment on schema staff_and_money is 'Planned staff, planned and actual spend: entered by a named person, with history.';
grant usage on schema staff_and_money to workwell_app;

create table staff_and_money.planned_staff (
  area text not null,
  id uuid not null,
  organisation uuid not null,
  role text not null,
  from_on date not null,
  people integer not null check (people between 0 and 1000),
  why text,
  entered_by uuid not null,
  entered_at timestamptz not null,
  primary key (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, entered_by) references organisations.member (area, id)
);
comment on table staff_and_money.planned_staff is
  'How many people of a role an organisation means to have from a day on. Entered again for the same day it replaces what was entered, which stays as history.';
create index planned_staff_of_organisation on staff_and_money.planned_staff (area, organisation, role, from_on, id);
call platform.area_owned('staff_and_money.planned_staff', 'select, insert');

create table staff_and_money.money (
  area text not null,
  id uuid not null,
  organisation uuid not null,
  month date not null check (extract(day from month) = 1),
  kind text not null check (kind in ('planned', 'spent')),
  pounds integer not null check (pounds between 0 and 1000000000),
  why text,
  entered_by uuid not null,
  entered_at timestamptz not null,
  primary key (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, entered_by) references organisations.member (area, id)
);
comment on table staff_and_money.money is
  'What an organisation means to spend, or spent, in a month, in whole pounds. Entered again it replaces what was entered, which stays as history.';
create index money_of_organisation on staff_and_money.money (area, organisation, month, kind, id);
call platform.area_owned('staff_and_money.money', 'select, insert');
