-- Concerns that somebody may come to harm: what was seen or said, who was told, what was done, when to look again.

create schema safety;
comment on schema safety is 'Concerns about harm, and what was done about each.';
grant usage on schema safety to workwell_app;

create table safety.concern (
  area text not null,
  id uuid not null,
  episode uuid not null,
  person uuid not null,
  kind text not null,
  about_others boolean not null default false,
  source text not null check (source in ('staff', 'questionnaire')),
  seen text not null,
  recorded_at timestamptz not null,
  recorded_by uuid,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, person) references people.person (area, id)
);
comment on table safety.concern is 'What gave rise to a concern. Domestic abuse and what is about other people is shown only to the senior coach, the service manager and whoever wrote it. There is no risk score.';
create index concern_of_person on safety.concern (area, person, recorded_at);
call platform.area_owned('safety.concern', 'select, insert');

create table safety.look (
  area text not null,
  id uuid not null,
  concern uuid not null,
  looked_at timestamptz not null,
  by uuid,
  told text,
  told_at timestamptz,
  done text not null,
  next_look_on date,
  closed_as text,
  primary key (area, id),
  foreign key (area, concern) references safety.concern (area, id),
  check ((next_look_on is null) <> (closed_as is null)),
  check ((told is null) = (told_at is null))
);
comment on table safety.look is 'One time somebody looked at a concern: who was told, what was done, and either the next day to look or how it was closed. The newest look says where the concern stands.';
create index look_of_concern on safety.look (area, concern, id);
call platform.area_owned('safety.look', 'select, insert');
