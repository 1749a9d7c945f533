-- What coaches put to the team: a question with a short summary, that the person was told, and that they said no.

create schema matter;
comment on schema matter is 'What a coach puts to the team about one person.';
grant usage on schema matter to workwell_app;

create table matter.matter (
  area text not null,
  id uuid not null,
  episode uuid not null,
  organisation uuid not null,
  asks text not null,
  summary text not null,
  urgent boolean not null,
  why_urgent text,
  place integer not null check (place > 0),
  version integer not null default 1,
  by uuid not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_why text,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id)
);
comment on table matter.matter is
  'A question to the team of an organisation and what the team needs to know for it; place is its order on the queue.';
create index matter_of_episode on matter.matter (area, episode);
create index matter_of_organisation on matter.matter (area, organisation) where withdrawn_at is null;
call platform.area_owned('matter.matter');

create table matter.telling (
  area text not null,
  id uuid not null,
  matter uuid not null,
  how text not null check (how in ('in-person', 'phone', 'sent', 'read')),
  by uuid,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, matter) references matter.matter (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table matter.telling is
  'That the person was told: by a member, by a message that leads to their own pages, or that they read it there (by nobody else).';
create index telling_of_matter on matter.telling (area, matter);
call platform.area_owned('matter.telling', 'select, insert');

create table matter.objection (
  area text not null,
  matter uuid not null,
  words text,
  by uuid,
  at timestamptz not null,
  seen_at timestamptz,
  seen_by uuid,
  primary key (area, matter),
  foreign key (area, matter) references matter.matter (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, seen_by) references organisations.member (area, id)
);
comment on table matter.objection is
  'The person does not want the team to talk about it: said by themselves (by nobody else) or to a member. They need no reason.';
create index objection_not_seen on matter.objection (area, matter) where seen_at is null;
call platform.area_owned('matter.objection');
