-- Where a system client is told that something about a referral of its organisation changed, and what became of each telling.
-- docs/decisions/0032-webhooks.md has the reasons.

create schema webhook_address;
comment on schema webhook_address is 'Where system clients are told that something changed, as the area has said it.';
grant usage on schema webhook_address to workwell_app;

create table webhook_address.address (
  area text not null references areas.area (area),
  id uuid not null,
  client uuid not null,
  address text not null check (length(address) between 8 and 2000),
  key integer not null default 1 check (key between 1 and 10000),
  key_before integer check (key_before between 1 and key - 1),
  added_at timestamptz not null,
  added_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (area, id),
  foreign key (area, client) references clients.client (area, id),
  foreign key (area, added_by) references organisations.member (area, id),
  foreign key (area, ended_by) references organisations.member (area, id),
  check ((ended_at is null) = (ended_by is null))
);
comment on table webhook_address.address is
  'Where a system client is told, from when until when; one at a time. No key stands here: each is derived from the secret of the installation.';
comment on column webhook_address.address.key is 'Which of its keys signs, counted from the first.';
comment on column webhook_address.address.key_before is 'The key that signs as well while the other side changes over.';
create unique index webhook_address_in_force on webhook_address.address (area, client) where ended_at is null;
call platform.area_owned('webhook_address.address');

create schema webhook_event;
comment on schema webhook_event is 'What system clients are told by themselves: that something changed, and where it is read.';
grant usage on schema webhook_event to workwell_app;

create table webhook_event.event (
  area text not null references areas.area (area),
  id uuid not null,
  client uuid not null,
  queue uuid not null,
  request uuid,
  said text check (said ~ '^(accepted|started|ended)( (accepted|started|ended))*$'),
  written_at timestamptz not null,
  not_before timestamptz not null,
  tries integer not null default 0 check (tries >= 0),
  first_tried_at timestamptz,
  last_tried_at timestamptz,
  last_answer integer check (last_answer between 100 and 999),
  reason text check (length(reason) between 1 and 500),
  settled_at timestamptz,
  settled_as text check (settled_as in ('sent', 'held back', 'failed', 'given up')),
  settled_by uuid,
  primary key (area, id),
  foreign key (area, client) references clients.client (area, id),
  foreign key (area, request) references edge.request (area, id),
  foreign key (area, settled_by) references organisations.member (area, id),
  check (queue = coalesce(request, id)),
  check ((request is null) = (said is null)),
  check ((settled_at is null) = (settled_as is null)),
  check ((settled_as = 'given up') = (settled_by is not null) or settled_as is null)
);
comment on table webhook_event.event is
  'That a system client is to be told of a change, under the same id however often it is sent. Without a request it is a test.';
comment on column webhook_event.event.queue is 'What waits for what: events of one request go one after the other.';
comment on column webhook_event.event.said is 'What its sender could read when this was written, so that a change is told once. It is never sent.';
comment on column webhook_event.event.last_answer is 'The status of the last answer; never its words.';
create index webhook_event_unsent on webhook_event.event (area, client, queue, id)
  where settled_as is null or settled_as = 'failed';
create index webhook_event_of_request on webhook_event.event (area, request, client, id);
create index webhook_event_lately on webhook_event.event (area, written_at desc);
call platform.area_owned('webhook_event.event');
