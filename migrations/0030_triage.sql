-- Working through referrals: which of them turned out to be about one person.

create schema triage;
comment on schema triage is 'What is decided about referrals before anybody is taken on.';
grant usage on schema triage to workwell_app;

create table triage.joining (
  area text not null,
  id uuid not null,
  episode uuid not null,
  kept_episode uuid not null,
  step uuid not null,
  joined_at timestamptz not null,
  joined_by uuid not null,
  parted_at timestamptz,
  parted_by uuid,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, kept_episode) references episode.episode (area, id),
  foreign key (area, step) references episode.step (area, id),
  foreign key (area, joined_by) references organisations.member (area, id),
  foreign key (area, parted_by) references organisations.member (area, id),
  check ((parted_at is null) = (parted_by is null)),
  check (episode <> kept_episode)
);
comment on table triage.joining is
  'Two open episodes that turned out to be of one person: the newer one ended as a duplicate and its referrals count for the '
  'one that was kept, so that everybody who referred hears what happens. Taken back when they were two people after all.';
create unique index joining_of_episode on triage.joining (area, episode) where parted_at is null;
create index joining_of_kept on triage.joining (area, kept_episode) where parted_at is null;
call platform.area_owned('triage.joining');
