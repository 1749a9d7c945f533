-- What people answered to questionnaires and rulers, each with the version of the wording they answered.

create schema questionnaires;
comment on schema questionnaires is 'Answers to instruments, their versions and scores.';
grant usage on schema questionnaires to workwell_app;

create table questionnaires.answer (
  area text not null,
  id uuid not null,
  form uuid not null,
  person uuid not null,
  asked_for uuid not null,
  instrument text not null,
  version integer not null,
  items jsonb not null,
  score integer,
  band text,
  missing integer not null,
  alert boolean not null default false,
  answered_at timestamptz not null,
  answered_by text not null check (answered_by in ('self', 'staff')),
  recorded_by uuid,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id)
);
comment on table questionnaires.answer is 'One instrument answered once: each item as it was chosen, and the score by the rule of that version. It is asked for a spell of support, whose id stands in asked_for.';
create unique index answer_of_form on questionnaires.answer (area, form, instrument);
create index answer_of_person on questionnaires.answer (area, person, answered_at);
create index answer_asked_for on questionnaires.answer (area, asked_for, answered_at);
call platform.area_owned('questionnaires.answer', 'select, insert');
