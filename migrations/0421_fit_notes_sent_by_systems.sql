-- Fit notes that other systems send as FHIR R4 with a referral of theirs, or later for one that they made.
-- docs/decisions/0033-fit-note-door.md has the reasons.

alter table fit_note.note alter column by drop not null;
alter table fit_note.note add column sent_by uuid;
alter table fit_note.note add foreign key (area, sent_by) references organisations.organisation (area, id);
alter table fit_note.note add constraint note_by_somebody check ((by is null) <> (sent_by is null));
comment on column fit_note.note.sent_by is
  'The organisation whose system sent it; empty where somebody here wrote it down.';

create schema sent_note;
comment on schema sent_note is 'Which fit notes other systems sent, by what they call them.';
grant usage on schema sent_note to workwell_app;

create table sent_note.note (
  area text not null references areas.area (area),
  note uuid not null,
  organisation uuid not null,
  client uuid not null,
  system text not null check (length(system) between 1 and 500),
  value text not null check (length(value) between 1 and 200),
  digest bytea not null check (length(digest) = 32),
  request uuid not null,
  taken_at timestamptz not null,
  primary key (area, note),
  unique (area, organisation, system, value),
  foreign key (area, note) references fit_note.note (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, client) references clients.client (area, id),
  foreign key (area, request) references edge.request (area, id)
);
comment on table sent_note.note is
  'A fit note that a system sent, with the number by which it is taken once. Of its words nothing is kept here.';
comment on column sent_note.note.digest is 'Of what the note says, so that the same sent again is told from something else.';
comment on column sent_note.note.request is 'For which of the requests of its sender it came.';
create index note_of_request on sent_note.note (area, request);
call platform.area_owned('sent_note.note', 'select, insert');
