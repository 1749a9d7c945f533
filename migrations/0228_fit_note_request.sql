-- Where an area is a fit note trailblazer, a request for a fit note becomes a work-and-health conversation with a coach.

create schema fit_note_request;
comment on schema fit_note_request is
  'Requests for a fit note that became a work-and-health conversation, and what came of it. No note is issued here.';
grant usage on schema fit_note_request to workwell_app;

create table fit_note_request.request (
  area text not null,
  id uuid not null,
  person uuid not null,
  came text not null check (came in ('practice', 'person')),
  practice text not null,
  email text,
  asked_on date not null,
  says text,
  note_ends_on date,
  hold_by date not null,
  by uuid not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_because text,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id),
  constraint request_withdrawn_whole check ((withdrawn_at is null) = (withdrawn_by is null)
    and (withdrawn_at is null) = (withdrawn_because is null))
);
comment on table fit_note_request.request is
  'That somebody asked a practice for a fit note. hold_by is the last day on which a coach is to speak with them, by the clock of the area on the day it was written down.';
create index request_of_person on fit_note_request.request (area, person, asked_on desc);
create index request_asked_on on fit_note_request.request (area, asked_on);
call platform.area_owned('fit_note_request.request', 'select, insert, update');

create table fit_note_request.result (
  area text not null,
  id uuid not null,
  request uuid not null,
  what text not null check (what in ('supported', 'clinician', 'declined')),
  held_on date not null,
  words text,
  by uuid not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (area, id),
  foreign key (area, request) references fit_note_request.request (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id),
  constraint result_withdrawn_whole check ((withdrawn_at is null) = (withdrawn_by is null))
);
comment on table fit_note_request.result is
  'What came of the conversation, as the coach wrote it; one that is taken back stays. Nobody but a certifier says whether somebody is fit for work.';
create unique index result_standing on fit_note_request.result (area, request) where withdrawn_at is null;
call platform.area_owned('fit_note_request.result', 'select, insert, update');
