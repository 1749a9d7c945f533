-- The plan of an episode: its kind, when it is looked at again, and every version that was agreed.

create schema plan;
comment on schema plan is 'What was agreed to be done in an episode, version by version.';
grant usage on schema plan to workwell_app;

create table plan.plan (
  area text not null,
  episode uuid not null,
  type text not null,
  review_on date not null,
  target_on date,
  begun_at timestamptz not null,
  begun_by uuid,
  version integer not null default 1,
  primary key (area, episode),
  foreign key (area, episode) references episode.episode (area, id)
);
comment on table plan.plan is 'The one plan of an episode as it is being worked on: its kind, the next review and the day it is meant to be reached by.';
call platform.area_owned('plan.plan');

create table plan.review (
  area text not null,
  id uuid not null,
  episode uuid not null,
  reviewed_on date not null,
  result text not null,
  said text not null,
  next_on date,
  recorded_at timestamptz not null,
  by uuid,
  primary key (area, id),
  foreign key (area, episode) references plan.plan (area, episode)
);
comment on table plan.review is 'The plan was looked at together: what was said and when it is looked at again. A limit of weeks asks for one and never ends support.';
create index review_of_plan on plan.review (area, episode, reviewed_on);
call platform.area_owned('plan.review', 'select, insert');

create schema agreement;
comment on schema agreement is 'Every version of a plan that was agreed.';
grant usage on schema agreement to workwell_app;

create table agreement.agreement (
  area text not null,
  id uuid not null,
  episode uuid not null,
  number integer not null,
  content jsonb not null,
  agreed_on date not null,
  how text not null,
  recorded_at timestamptz not null,
  by uuid,
  primary key (area, id),
  unique (area, episode, number),
  foreign key (area, episode) references plan.plan (area, episode)
);
comment on table agreement.agreement is 'One version of a plan as the person and the coach agreed it: its whole content, on which day and how. Never changed.';
call platform.area_owned('agreement.agreement', 'select, insert');
