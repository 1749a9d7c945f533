-- A provider gives somebody to another of the same area, which accepts them or sends them back before anything changes.

create schema handing_over;
comment on schema handing_over is 'People who go from one provider to another of the same area, as a package.';
grant usage on schema handing_over to workwell_app;

create table handing_over.package (
  area text not null,
  id uuid not null,
  episode uuid not null,
  from_provider uuid not null,
  to_provider uuid not null,
  reason text not null,
  first text,
  in_the_way text,
  plan text,
  coming text,
  reach text,
  by uuid not null,
  at timestamptz not null,
  answer text check (answer in ('accepted', 'sent-back', 'taken-back')),
  coach uuid,
  words text,
  answered_by uuid,
  answered_at timestamptz,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, from_provider) references organisations.organisation (area, id),
  foreign key (area, to_provider) references organisations.organisation (area, id),
  foreign key (area, coach) references organisations.member (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, answered_by) references organisations.member (area, id),
  check (from_provider <> to_provider),
  check ((answer is null) = (answered_at is null))
);
comment on table handing_over.package is
  'Somebody as one provider offers them to another of the area, with the summary drafted from the record, and what the other answered. Until it is accepted the one before is responsible and the record is closed to the other.';
create unique index one_waiting on handing_over.package (area, episode) where answer is null;
create index package_to on handing_over.package (area, to_provider, id) where answer is null;
create index package_from on handing_over.package (area, from_provider, id);
create index package_of_episode on handing_over.package (area, episode);
call platform.area_owned('handing_over.package', 'select, insert, update');
