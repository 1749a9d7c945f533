-- What was decided when the weeks of support that an area agreed on came to their end.

create schema week_limit;
comment on schema week_limit is 'The weeks of support that an area agreed on, and what was decided at their end.';
grant usage on schema week_limit to workwell_app;

create table week_limit.review (
  area text not null,
  id uuid not null,
  episode uuid not null,
  outcome text not null check (outcome in ('carry-on', 'completing')),
  until_on date,
  reason text,
  weeks_used integer not null,
  at timestamptz not null,
  by uuid not null,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, by) references organisations.member (area, id),
  check ((outcome = 'carry-on') = (until_on is not null)),
  check (outcome <> 'carry-on' or reason is not null)
);
comment on table week_limit.review is 'A review at the week limit: support carries on until a day, for a reason, or moves towards its completion. Nothing ends by itself.';
create index review_of_episode on week_limit.review (area, episode, id);
call platform.area_owned('week_limit.review', 'select, insert');
