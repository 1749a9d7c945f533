-- How often somebody was promised to hear from their coach.

create schema rhythm;
comment on schema rhythm is 'How often a person was promised to hear from their coach.';
grant usage on schema rhythm to workwell_app;

create table rhythm.rhythm (
  area text not null,
  episode uuid not null,
  number integer not null check (number > 0),
  every text not null check (every in ('week', 'fortnight', 'month', 'none')),
  by uuid not null,
  at timestamptz not null,
  primary key (area, episode, number),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table rhythm.rhythm is
  'What was promised to a person about how often they hear from their coach, in versions; the highest number holds.';
call platform.area_owned('rhythm.rhythm', 'select, insert');
