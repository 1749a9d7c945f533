-- Help with looking for a job: what is in place before somebody starts, and their CV, applications and interviews.

create schema job_search;
comment on schema job_search is 'Help with looking for a job in a spell of support.';
grant usage on schema job_search to workwell_app;

create table job_search.readiness (
  area text not null,
  episode uuid not null,
  item text not null,
  number integer not null check (number > 0),
  state text not null check (state in ('in-place', 'to-do', 'not-needed')),
  by uuid not null,
  at timestamptz not null,
  primary key (area, episode, item, number),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table job_search.readiness is
  'What has to be there before a job begins, and whether it is. The highest number of an item holds.';
call platform.area_owned('job_search.readiness', 'select, insert');

create table job_search.entry (
  area text not null,
  id uuid not null,
  episode uuid not null,
  kind text not null check (kind in ('cv', 'application', 'interview')),
  what text not null,
  by uuid not null,
  at timestamptz not null,
  taken_back_by uuid,
  taken_back_at timestamptz,
  primary key (area, id),
  check ((taken_back_by is null) = (taken_back_at is null)),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, taken_back_by) references organisations.member (area, id)
);
comment on table job_search.entry is 'A CV, an application or an interview that somebody is helped with.';
create index entry_of_episode on job_search.entry (area, episode);
call platform.area_owned('job_search.entry', 'select, insert, update');

create table job_search.step (
  area text not null,
  id uuid not null,
  entry uuid not null,
  number integer not null check (number > 0),
  result text not null,
  on_day date not null,
  note text,
  by uuid not null,
  at timestamptz not null,
  taken_back_by uuid,
  taken_back_at timestamptz,
  primary key (area, id),
  unique (area, entry, number),
  check ((taken_back_by is null) = (taken_back_at is null)),
  foreign key (area, entry) references job_search.entry (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, taken_back_by) references organisations.member (area, id)
);
comment on table job_search.step is
  'What came of a CV, an application or an interview. The highest number that was not taken back says how it stands.';
call platform.area_owned('job_search.step', 'select, insert, update');
