-- Advice of the service's own occupational health: what a coach asks a clinician of the team, and what they advise.

create schema health_advice;
comment on schema health_advice is 'Questions of coaches to the occupational health of the team, and the advice they got.';
grant usage on schema health_advice to workwell_app;

create table health_advice.question (
  area text not null,
  id uuid not null,
  episode uuid not null,
  asked_of uuid not null,
  asks text not null,
  by uuid not null,
  at timestamptz not null,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, asked_of) references organisations.member (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id)
);
comment on table health_advice.question is 'What somebody of the team is asked about a person, as occupational health.';
create index question_of_episode on health_advice.question (area, episode);
create index question_asked_of on health_advice.question (area, asked_of) where withdrawn_at is null;
call platform.area_owned('health_advice.question', 'select, insert, update');

create table health_advice.answer (
  area text not null,
  question uuid not null,
  advises text not null,
  by uuid not null,
  at timestamptz not null,
  read_by uuid,
  read_at timestamptz,
  primary key (area, question),
  foreign key (area, question) references health_advice.question (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, read_by) references organisations.member (area, id)
);
comment on table health_advice.answer is 'What they advise, and that whoever asked has read it.';
create index answer_unread on health_advice.answer (area, question) where read_at is null;
call platform.area_owned('health_advice.answer', 'select, insert, update');
