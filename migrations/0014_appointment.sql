-- Times agreed with a person, and whether they came.

create extension if not exists btree_gist with schema public;

create schema appointment;
comment on schema appointment is 'Times agreed with people: booked, moved, and what became of each.';
grant usage on schema appointment to workwell_app;

create table appointment.appointment (
  area text not null,
  id uuid not null,
  chain uuid not null,
  moved_from uuid,
  episode uuid not null,
  member uuid not null,
  purpose text not null,
  mode text not null,
  place text,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  interpreter text not null,
  access_considered text,
  note text,
  told_by text not null,
  booked_at timestamptz not null,
  booked_by uuid not null,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, member) references organisations.member (area, id),
  foreign key (area, booked_by) references organisations.member (area, id),
  foreign key (area, moved_from) references appointment.appointment (area, id),
  check (ends_at > starts_at)
);
comment on table appointment.appointment is 'A time agreed with a person. Moved to another time it is another row of the same chain, which begins with the appointment that it is named for. Told by is how the person is told: by a message over a channel, or by somebody.';
create index appointment_of_episode on appointment.appointment (area, episode, starts_at);
create index appointment_of_member on appointment.appointment (area, member, starts_at);
create unique index appointment_moved_once on appointment.appointment (area, moved_from) where moved_from is not null;
call platform.area_owned('appointment.appointment');

-- Without a reference to its appointment: it is taken first, and only who has it may write the appointment.
create table appointment.slot (
  area text not null,
  appointment uuid not null,
  member uuid not null,
  during tstzrange not null,
  primary key (area, appointment),
  constraint one_at_a_time exclude using gist (area with =, member with =, during with &&)
);
comment on table appointment.slot is 'The time of a member that an appointment holds. No two overlap; it is let go when the appointment is cancelled or moved.';
call platform.area_owned('appointment.slot', 'select, insert, delete');

create table appointment.result (
  area text not null,
  id uuid not null,
  appointment uuid not null,
  kind text not null check (kind in ('attended', 'missed', 'cancelled', 'moved')),
  who text check (who in ('person', 'coach', 'service')),
  reason text,
  late_minutes integer check (late_minutes between 1 and 600),
  interpreter_came boolean,
  note text,
  at timestamptz not null,
  by uuid not null,
  primary key (area, id),
  foreign key (area, appointment) references appointment.appointment (area, id),
  foreign key (area, by) references organisations.member (area, id),
  check ((kind = 'attended') = (who is null))
);
comment on table appointment.result is 'What became of an appointment, by whom and why: a no-show of the service is not one of the person.';
create index result_of_appointment on appointment.result (area, appointment, id);
call platform.area_owned('appointment.result', 'select, insert');

create table appointment.withdrawal (
  area text not null,
  result uuid not null,
  at timestamptz not null,
  by uuid not null,
  primary key (area, result),
  foreign key (area, result) references appointment.result (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table appointment.withdrawal is 'A result that was taken back; it stays as history.';
call platform.area_owned('appointment.withdrawal', 'select, insert');
