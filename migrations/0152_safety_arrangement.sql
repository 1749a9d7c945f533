-- What an area arranged for the moment in which somebody may come to harm, and who is on duty.

create schema safety_arrangement;
comment on schema safety_arrangement is 'The six points of an area, when somebody reads an alert, who is told next, and who is on duty.';
grant usage on schema safety_arrangement to workwell_app;

create table safety_arrangement.version (
  area text not null,
  id uuid not null,
  from_on date not null,
  points jsonb not null check (jsonb_array_length(points) = 6),
  read_from text not null,
  read_until text not null,
  minutes_now integer not null check (minutes_now between 1 and 240),
  minutes_otherwise integer not null check (minutes_otherwise between 1 and 1440),
  out_of_hours text not null,
  cover uuid,
  why text,
  said_by uuid not null,
  said_at timestamptz not null,
  primary key (area, id),
  foreign key (area, cover) references organisations.member (area, id),
  foreign key (area, said_by) references organisations.member (area, id)
);
comment on table safety_arrangement.version is
  'What the area arranged, whole, from a day on. The newest that has begun holds; those before stay. Without cover the question about self-harm is not asked where people answer by themselves.';
create index version_from on safety_arrangement.version (area, from_on);
call platform.area_owned('safety_arrangement.version', 'select, insert');

create table safety_arrangement.duty (
  area text not null,
  id uuid not null,
  organisation uuid not null,
  from_on date not null,
  until_on date not null check (until_on > from_on),
  lead uuid not null,
  deputy uuid,
  said_by uuid not null,
  said_at timestamptz not null,
  taken_back_by uuid,
  taken_back_at timestamptz,
  primary key (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, lead) references organisations.member (area, id),
  foreign key (area, deputy) references organisations.member (area, id),
  foreign key (area, said_by) references organisations.member (area, id),
  check (deputy is distinct from lead),
  check ((taken_back_by is null) = (taken_back_at is null))
);
comment on table safety_arrangement.duty is
  'Who leads on duty in an organisation, and who steps in, from a day until another. Of two for one day the one said later holds.';
create index duty_of_organisation on safety_arrangement.duty (area, organisation, until_on);
call platform.area_owned('safety_arrangement.duty', 'select, insert, update');
