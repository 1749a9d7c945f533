-- A coach passes somebody they look after on to another coach, with a summary that both have read.

create schema passing_on;
comment on schema passing_on is 'People who go from one coach to another with a summary.';
grant usage on schema passing_on to workwell_app;

create table passing_on.offer (
  area text not null,
  id uuid not null,
  episode uuid not null,
  from_coach uuid not null,
  to_coach uuid not null,
  in_the_way text,
  plan text,
  coming text,
  reach text,
  first text,
  by uuid not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, from_coach) references organisations.member (area, id),
  foreign key (area, to_coach) references organisations.member (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table passing_on.offer is
  'Somebody is to go from one coach to another: the summary as it was drafted from the record and as whoever passes them on left it. Until it is accepted nothing changes.';
create index offer_of_episode on passing_on.offer (area, episode);
create index offer_to_coach on passing_on.offer (area, to_coach, id);
create index offer_from_coach on passing_on.offer (area, from_coach, id);
call platform.area_owned('passing_on.offer', 'select, insert, update');

create table passing_on.answer (
  area text not null,
  offer uuid not null,
  answer text not null check (answer in ('accepted', 'asked-back')),
  words text,
  by uuid not null,
  at timestamptz not null,
  primary key (area, offer),
  foreign key (area, offer) references passing_on.offer (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table passing_on.answer is
  'What the other coach answered: they take the person from now on, or ask something back first. A new offer follows what was asked back.';
call platform.area_owned('passing_on.answer', 'select, insert');
