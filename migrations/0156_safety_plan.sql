-- A plan that a person and their coach make for the moments in which things get hard.

create schema safety_plan;
comment on schema safety_plan is 'Safety plans, version by version.';
grant usage on schema safety_plan to workwell_app;

create table safety_plan.version (
  area text not null,
  id uuid not null,
  episode uuid not null,
  person uuid not null,
  number integer not null check (number > 0),
  signs text,
  helps text,
  places text,
  people text,
  professionals text,
  safer text,
  reasons text,
  shown boolean not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  unique (area, person, number),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table safety_plan.version is
  'A safety plan as a person and a member made it at one moment, in the person''s words. The one with the highest number holds; the person sees it only where they agreed to.';
call platform.area_owned('safety_plan.version', 'select, insert');
