-- Tries to reach a person and what came of each.

create schema contact;
comment on schema contact is 'Tries to reach people, before and during support.';
grant usage on schema contact to workwell_app;

create table contact.contact (
  area text not null,
  id uuid not null,
  episode uuid not null,
  way text not null,
  result text not null,
  note text,
  why_this_way text,
  happened_at timestamptz not null,
  recorded_at timestamptz not null,
  by uuid not null,
  next_what text,
  next_on date,
  next_way text,
  next_time text,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, by) references organisations.member (area, id),
  check ((next_what is null) = (next_on is null))
);
comment on table contact.contact is 'One try to reach a person: how, when it happened and when it was written down, what came of it, and the next contact that was set. Why this way says why a means that is unsafe or unwanted was used all the same.';
create index contact_of_episode on contact.contact (area, episode, happened_at);
call platform.area_owned('contact.contact');

create table contact.withdrawal (
  area text not null,
  contact uuid not null,
  reason text not null,
  note text,
  at timestamptz not null,
  by uuid not null,
  primary key (area, contact),
  foreign key (area, contact) references contact.contact (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table contact.withdrawal is 'A contact that was logged wrongly and is taken back; the contact stays as history and counts no longer.';
call platform.area_owned('contact.withdrawal', 'select, insert');
