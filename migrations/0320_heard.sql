-- What people answer by themselves waits on the day of their coach until somebody has seen it.

create schema heard;
comment on schema heard is 'Which answers that people gave by themselves somebody of the team has seen.';
grant usage on schema heard to workwell_app;

create table heard.heard (
  area text not null,
  said uuid not null,
  person uuid not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, said),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table heard.heard is
  'That somebody has seen an answer: one to a pilot by its id, questionnaires by the form that was sent. Until then it waits on the day.';
create index heard_of_person on heard.heard (area, person);
create index heard_by on heard.heard (area, by);
call platform.area_owned('heard.heard', 'select, insert');
