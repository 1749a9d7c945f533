-- Somebody is passed on to a service of the directory, and it is known what came of it.

create schema onward;
comment on schema onward is 'People who are passed on to services: what would be sent, what they said to it, and what came of it.';
grant usage on schema onward to workwell_app;

create table onward.referral (
  area text not null,
  id uuid not null,
  person uuid not null,
  episode uuid not null,
  kind text not null check (kind in ('signpost', 'supported', 'formal')),
  service uuid not null,
  service_version integer not null,
  service_name text not null,
  goal uuid not null,
  action uuid,
  wanted text not null,
  parts jsonb not null,
  contact text,
  address text,
  meet text check (meet in ('call', 'go-along')),
  meet_at timestamptz,
  follows uuid,
  state text not null,
  state_at timestamptz not null,
  asked_at timestamptz,
  allowed_by uuid,
  version integer not null default 1,
  written_at timestamptz not null,
  written_by uuid,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, service) references services.service (area, id),
  foreign key (area, goal) references goal.goal (area, id),
  foreign key (area, action) references action.action (area, id),
  foreign key (area, follows) references onward.referral (area, id),
  foreign key (area, allowed_by) references permissions.permission (area, id),
  foreign key (area, written_by) references organisations.member (area, id),
  constraint onward_meets check ((kind = 'supported') = (meet is not null))
);
comment on table onward.referral is
  'Somebody passed on to a service. Where it stands follows from its events and is kept here in the same transaction, for lists.';
comment on column onward.referral.service_version is 'The version of the listing from which the service was chosen: how it stood at that time.';
comment on column onward.referral.parts is 'Exactly what would be sent, part by part, as the participant is shown it.';
comment on column onward.referral.allowed_by is 'The yes of the participant to this service, on which it was sent.';
comment on column onward.referral.follows is 'The one that stayed without an answer, in whose place this stands.';
comment on column onward.referral.asked_at is 'Since when the service is asked for an answer.';
create index onward_of_person on onward.referral (area, person, written_at);
create index onward_of_episode on onward.referral (area, episode);
create index onward_to_service on onward.referral (area, service, written_at);
create index onward_unanswered on onward.referral (area, asked_at) where state in ('sent', 'seen');
create index onward_open on onward.referral (area, episode) where state not in ('declined', 'ended', 'withdrawn');
create index onward_goal on onward.referral (area, goal);
create index onward_action on onward.referral (area, action) where action is not null;
create index onward_follows on onward.referral (area, follows) where follows is not null;
call platform.area_owned('onward.referral', 'select, insert');
grant update (kind, wanted, parts, contact, address, meet, meet_at, state, state_at, asked_at, allowed_by, version)
  on onward.referral to workwell_app;

create table onward.event (
  area text not null,
  id uuid not null,
  referral uuid not null,
  kind text not null,
  witness text not null check (witness in ('team', 'person', 'service', 'product')),
  at timestamptz not null,
  by uuid,
  how text,
  parts text[],
  reason text,
  on_day date,
  place integer check (place > 0),
  sessions integer check (sessions > 0),
  note text,
  by_name text,
  read_at timestamptz,
  read_by uuid,
  primary key (area, id),
  foreign key (area, referral) references onward.referral (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, read_by) references organisations.member (area, id),
  constraint onward_read_whole check ((read_at is null) = (read_by is null))
);
comment on table onward.event is
  'One thing that happened with somebody who was passed on, as one witness says it. Added and never changed; the team marks what it has read.';
comment on column onward.event.parts is 'With a yes: the parts that may be sent. What the participant left out is not among them.';
comment on column onward.event.on_day is 'The day it speaks of: expected in a queue, started, last attended, ended.';
create index onward_event_of_referral on onward.event (area, referral, id);
create index onward_event_unread on onward.event (area, referral) where read_at is null and witness in ('person', 'service');
call platform.area_owned('onward.event', 'select, insert');
grant update (read_at, read_by) on onward.event to workwell_app;
