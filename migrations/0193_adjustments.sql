-- Changes at work that let a person do their job: asked for, agreed or declined, in place, and no longer needed.

create schema adjustments;
comment on schema adjustments is 'Workplace adjustments of a spell of support.';
grant usage on schema adjustments to workwell_app;

create table adjustments.adjustment (
  area text not null,
  id uuid not null,
  episode uuid not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table adjustments.adjustment is 'A workplace adjustment that somebody asked for; what it is stands in its newest words.';
create index adjustment_of_episode on adjustments.adjustment (area, episode);
call platform.area_owned('adjustments.adjustment', 'select, insert');

create table adjustments.words (
  area text not null,
  adjustment uuid not null,
  number integer not null check (number > 0),
  kind text not null,
  what text not null,
  asked_by text not null check (asked_by in ('participant', 'coach', 'occupational-health')),
  asked_on date not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, adjustment, number),
  foreign key (area, adjustment) references adjustments.adjustment (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table adjustments.words is
  'What exactly, of which kind, and who asked for it. Put right by a newer row; the highest number holds.';
call platform.area_owned('adjustments.words', 'select, insert');

create table adjustments.step (
  area text not null,
  id uuid not null,
  adjustment uuid not null,
  number integer not null check (number > 0),
  standing text not null check (standing in ('agreed', 'declined', 'in-place', 'over')),
  on_day date not null,
  who text,
  reason text,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  unique (area, adjustment, number),
  foreign key (area, adjustment) references adjustments.adjustment (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table adjustments.step is
  'What came of it: on which day, and who at the employer said so. The highest number that was not taken back says how it stands.';
call platform.area_owned('adjustments.step', 'select, insert');

create table adjustments.step_withdrawal (
  area text not null,
  step uuid not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, step),
  foreign key (area, step) references adjustments.step (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table adjustments.step_withdrawal is 'A step was taken back because it was written down by mistake.';
call platform.area_owned('adjustments.step_withdrawal', 'select, insert');

create table adjustments.withdrawal (
  area text not null,
  adjustment uuid not null,
  reason text not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, adjustment),
  foreign key (area, adjustment) references adjustments.adjustment (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table adjustments.withdrawal is 'An adjustment was written down by mistake, and why it was taken back.';
call platform.area_owned('adjustments.withdrawal', 'select, insert');
