-- When coaches can be met, how and where.

create schema availability;
comment on schema availability is 'When members can be met: their usual hours, single days that differ, and where.';
grant usage on schema availability to workwell_app;

create table availability.venue (
  area text not null,
  id uuid not null,
  name text not null,
  address text not null,
  access_note text,
  step_free boolean not null,
  until_on date,
  set_by uuid not null,
  set_at timestamptz not null,
  version integer not null default 1,
  primary key (area, id),
  foreign key (area, set_by) references organisations.member (area, id)
);
comment on table availability.venue is 'A building where people are met. The name is for staff; people are told the address, which others may see. Not used any more from the day it has until.';
call platform.area_owned('availability.venue');

create table availability.hours (
  area text not null,
  id uuid not null,
  member uuid not null,
  weekdays smallint[] not null check (cardinality(weekdays) > 0 and weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[]),
  starts text not null check (starts ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  ends text not null check (ends ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  modes text[] not null check (cardinality(modes) > 0 and modes <@ array['phone', 'video', 'in-person']),
  venue uuid,
  from_on date not null,
  until_on date,
  set_by uuid not null,
  set_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  primary key (area, id),
  foreign key (area, member) references organisations.member (area, id),
  foreign key (area, venue) references availability.venue (area, id),
  foreign key (area, set_by) references organisations.member (area, id),
  foreign key (area, ended_by) references organisations.member (area, id),
  check (starts < ends),
  check (until_on >= from_on),
  check ((venue is not null) = ('in-person' = any(modes)))
);
comment on table availability.hours is 'A stretch of the same hours on days of the week (1 is Monday) in which a member can be met, on England''s clocks, from a day and until another. Until on the first day it never was.';
create index hours_of_member on availability.hours (area, member, from_on);
call platform.area_owned('availability.hours');

create table availability.exception (
  area text not null,
  id uuid not null,
  member uuid not null,
  on_day date not null,
  kind text not null check (kind in ('away', 'also')),
  starts text check (starts ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  ends text check (ends ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  modes text[] not null default '{}' check (modes <@ array['phone', 'video', 'in-person']),
  venue uuid,
  set_by uuid not null,
  set_at timestamptz not null,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  primary key (area, id),
  foreign key (area, member) references organisations.member (area, id),
  foreign key (area, venue) references availability.venue (area, id),
  foreign key (area, set_by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id),
  check (starts < ends and (starts is null) = (ends is null)),
  check (kind = 'away' or (starts is not null and cardinality(modes) > 0)),
  check ((venue is not null) = ('in-person' = any(modes)))
);
comment on table availability.exception is 'One day on which a member cannot be met at all or between two times, or can be met besides the usual hours.';
create index exception_of_member on availability.exception (area, member, on_day) where withdrawn_at is null;
call platform.area_owned('availability.exception');

create table availability.coach (
  area text not null,
  member uuid not null,
  video_link text,
  calendar_hash bytea,
  calendar_shows text not null default 'nothing' check (calendar_shows in ('nothing', 'initials')),
  calendar_since timestamptz,
  primary key (area, member),
  foreign key (area, member) references organisations.member (area, id),
  check ((calendar_hash is null) = (calendar_since is null))
);
comment on table availability.coach is 'What a member has set for being met: the room of their video calls, and the hash of the secret part of their calendar''s address, with whether it shows initials.';
create unique index coach_of_calendar on availability.coach (area, calendar_hash) where calendar_hash is not null;
call platform.area_owned('availability.coach');
