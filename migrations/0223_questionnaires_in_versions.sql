-- Answers name the wording they were given to, scores come from paper too, and an area adds questionnaires it holds a
-- licence for.

alter table questionnaires.answer
  add column canonical text,
  add column typed_in boolean not null default false;
comment on column questionnaires.answer.canonical is
  'Which wording was answered, as other systems name it: address|version of the FHIR Questionnaire. Empty for a score that was typed in, and for answers from before it was kept.';
comment on column questionnaires.answer.typed_in is
  'A score from a paper form or another system, typed in without any answers.';

create schema instruments;
comment on schema instruments is 'Questionnaires that an area added under a licence of its own, and its margins of change.';
grant usage on schema instruments to workwell_app;

create table instruments.pack (
  area text not null,
  id uuid not null,
  code text not null,
  version integer not null check (version > 0),
  canonical text not null,
  content jsonb not null,
  licence text not null check (licence <> ''),
  added_by uuid,
  added_as text,
  added_at timestamptz not null,
  primary key (area, id),
  unique (area, code, version),
  unique (area, canonical),
  foreign key (area) references areas.area (area),
  foreign key (area, added_by) references organisations.member (area, id),
  check (added_by is not null or added_as is not null)
);
comment on table instruments.pack is
  'A FHIR Questionnaire as an area brought it in, with the licence that allows it. added_as names whoever ran the command, where no member did it.';
call platform.area_owned('instruments.pack', 'select, insert');

create table instruments.pack_switch (
  area text not null,
  id uuid not null,
  pack uuid not null,
  switched_on boolean not null,
  at timestamptz not null,
  by uuid not null,
  primary key (area, id),
  foreign key (area, pack) references instruments.pack (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table instruments.pack_switch is 'A pack switched on or off; the newest holds, and without any it is off.';
call platform.area_owned('instruments.pack_switch', 'select, insert');

create table instruments.margin (
  area text not null,
  id uuid not null,
  code text not null,
  points integer check (points > 0),
  source text not null check (source <> ''),
  set_at timestamptz not null,
  set_by uuid not null,
  primary key (area, id),
  foreign key (area) references areas.area (area),
  foreign key (area, set_by) references organisations.member (area, id)
);
comment on table instruments.margin is
  'From which change on an area marks two scores of an instrument as different, and where it has that from; the newest holds. Empty points: no mark.';
call platform.area_owned('instruments.margin', 'select, insert');
