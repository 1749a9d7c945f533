-- Needs for which there is no service: as a coach says it, and as a search shows it.

create schema gap;
comment on schema gap is 'What somebody needs and no service gives: said by a coach, or seen in a search that found nothing.';
grant usage on schema gap to workwell_app;

create table gap.missing (
  area text not null,
  id uuid not null,
  episode uuid not null,
  person uuid not null,
  need text not null,
  seen_by text not null check (seen_by in ('coach', 'search')),
  at timestamptz not null,
  by uuid not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id),
  constraint missing_withdrawn_whole check ((withdrawn_at is null) = (withdrawn_by is null))
);
comment on table gap.missing is
  'A need of somebody for which there is no service here: a coach said so, or a search for it found nothing. It holds a code and no words.';
comment on column gap.missing.need is 'The barrier it is about; other where words were looked for that stand for no single one.';
create unique index missing_said_once on gap.missing (area, episode, need) where seen_by = 'coach' and withdrawn_at is null;
create index missing_of_person on gap.missing (area, person);
create index missing_of_episode on gap.missing (area, episode);
create index missing_by_day on gap.missing (area, at) where withdrawn_at is null;
call platform.area_owned('gap.missing', 'select, insert');
grant update (withdrawn_at, withdrawn_by) on gap.missing to workwell_app;
