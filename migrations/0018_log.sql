-- What the service's own people gave in the course of support, and their work that is not about one person.

create schema log;
comment on schema log is 'Help given by the service itself, entry by entry.';
grant usage on schema log to workwell_app;

create table log.entry (
  area text not null,
  id uuid not null,
  episode uuid not null,
  kind text not null,
  minutes integer not null check (minutes between 1 and 600),
  done text not null,
  happened_on date not null,
  next_on date,
  recorded_at timestamptz not null,
  by uuid not null,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table log.entry is 'Help given to one person: of what kind, how long it took, what was done, and when they are next in touch.';
create index entry_of_episode on log.entry (area, episode, happened_on);
call platform.area_owned('log.entry', 'select, insert');

create table log.withdrawal (
  area text not null,
  entry uuid not null,
  at timestamptz not null,
  by uuid not null,
  primary key (area, entry),
  foreign key (area, entry) references log.entry (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table log.withdrawal is 'Help that was written down wrongly and is taken back; it stays as history.';
call platform.area_owned('log.withdrawal', 'select, insert');

create table log.activity (
  area text not null,
  id uuid not null,
  member uuid not null,
  kind text not null,
  minutes integer not null check (minutes between 1 and 600),
  happened_on date not null,
  note text,
  recorded_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (area, id),
  foreign key (area, member) references organisations.member (area, id)
);
comment on table log.activity is 'Work of a member that is not about one person, such as outreach or supervision.';
create index activity_of_member on log.activity (area, member, happened_on);
call platform.area_owned('log.activity');
