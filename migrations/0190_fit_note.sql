-- Fit notes and health and work reports, as a certifier wrote them: the service records and never issues one.

create schema fit_note;
comment on schema fit_note is 'Statements of fitness for work (Med3) and AHP health and work reports.';
grant usage on schema fit_note to workwell_app;

create table fit_note.note (
  area text not null,
  id uuid not null,
  person uuid not null,
  kind text not null,
  assessed_on date not null,
  stated_on date not null,
  outcome text not null check (outcome in ('not-fit', 'may-be-fit')),
  advice text[] not null default '{}',
  comments text,
  condition text,
  condition_since date,
  from_on date not null,
  until_on date,
  assess_again boolean,
  issuer text not null,
  profession text not null,
  registration text,
  organisation text,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  check (until_on >= from_on),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table fit_note.note is
  'A fit note or report as its issuer wrote it; until_on is empty where it has no end. The condition is health data: for the person and those who look after them alone.';
create index note_of_person on fit_note.note (area, person, from_on desc);
call platform.area_owned('fit_note.note', 'select, insert');

create table fit_note.difficulty (
  area text not null,
  note uuid not null,
  place integer not null,
  difficulty text not null,
  recommendation text,
  primary key (area, note, place),
  foreign key (area, note) references fit_note.note (area, id)
);
comment on table fit_note.difficulty is
  'A line of a report: what is difficult at work, and what is recommended or aimed at.';
call platform.area_owned('fit_note.difficulty', 'select, insert');

create table fit_note.withdrawal (
  area text not null,
  note uuid not null,
  reason text not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, note),
  foreign key (area, note) references fit_note.note (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table fit_note.withdrawal is 'A note was taken back because it was written down wrongly, and why.';
call platform.area_owned('fit_note.withdrawal', 'select, insert');

create table fit_note.follow_on (
  area text not null,
  id uuid not null,
  note uuid not null,
  what text not null,
  ask_on date,
  words text,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, note) references fit_note.note (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table fit_note.follow_on is
  'What follows when a note ends, as somebody found out; with a day it is asked about again then. The newest holds.';
create index follow_on_of_note on fit_note.follow_on (area, note, id);
call platform.area_owned('fit_note.follow_on', 'select, insert');
