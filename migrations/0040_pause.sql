-- Support that waits for somebody else: what for, since when, and when it is looked at again.

create schema pause;
comment on schema pause is 'Support that waits on others.';
grant usage on schema pause to workwell_app;

create table pause.pause (
  area text not null,
  id uuid not null,
  episode uuid not null,
  waits_for text not null,
  whom text,
  since_on date not null,
  check_on date not null,
  note text,
  at timestamptz not null,
  by uuid not null,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table pause.pause is 'A time in which support waits: for what or whom, since which day, and on which day somebody looks again. The clock of the week limit stands meanwhile.';
create index pause_of_episode on pause.pause (area, episode, id);
call platform.area_owned('pause.pause', 'select, insert');

create table pause.look (
  area text not null,
  id uuid not null,
  pause uuid not null,
  check_on date not null,
  note text,
  at timestamptz not null,
  by uuid not null,
  primary key (area, id),
  foreign key (area, pause) references pause.pause (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table pause.look is 'Somebody looked again and it is still waited for, until another day.';
create index look_at_pause on pause.look (area, pause, id);
call platform.area_owned('pause.look', 'select, insert');

create table pause.resumption (
  area text not null,
  pause uuid not null,
  resumed_on date not null,
  note text,
  at timestamptz not null,
  by uuid not null,
  primary key (area, pause),
  foreign key (area, pause) references pause.pause (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table pause.resumption is 'The waiting is over, since this day.';
call platform.area_owned('pause.resumption', 'select, insert');
