-- What goes back to other systems that referred by the Booking and Referral Standard: to which address, and what became of
-- each reply. docs/decisions/0029-bars-replies.md has the reasons.

create schema reply_address;
comment on schema reply_address is 'Where replies to other systems go, as the area has said it.';
grant usage on schema reply_address to workwell_app;

create table reply_address.address (
  area text not null references areas.area (area),
  id uuid not null,
  organisation uuid not null,
  address text not null check (length(address) between 8 and 2000),
  service text not null check (service ~ '^[0-9]{1,20}$'),
  added_at timestamptz not null,
  added_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, added_by) references organisations.member (area, id),
  foreign key (area, ended_by) references organisations.member (area, id),
  check ((ended_at is null) = (ended_by is null))
);
comment on table reply_address.address is
  'Where replies to an organisation go, from when until when. Said by the area and never taken from a message; one at a time.';
comment on column reply_address.address.service is 'The id of its service in the Directory of Services, by which a gateway finds it.';
create unique index address_in_force on reply_address.address (area, organisation) where ended_at is null;
call platform.area_owned('reply_address.address');

create schema reply;
comment on schema reply is 'What goes back to systems that referred by the Booking and Referral Standard.';
grant usage on schema reply to workwell_app;

create table reply.reply (
  area text not null references areas.area (area),
  id uuid not null,
  request uuid not null,
  request_id uuid not null,
  news text not null check (news in ('accepted', 'started', 'ended')),
  written_at timestamptz not null,
  not_before timestamptz not null,
  tries integer not null default 0 check (tries >= 0),
  first_tried_at timestamptz,
  last_tried_at timestamptz,
  last_answer text check (length(last_answer) between 1 and 120),
  reason text check (length(reason) between 1 and 500),
  settled_at timestamptz,
  settled_as text check (settled_as in ('sent', 'held back', 'failed', 'given up')),
  settled_by uuid,
  primary key (area, id),
  unique (area, request, news),
  foreign key (area, request) references receiver.request (area, id),
  foreign key (area, settled_by) references organisations.member (area, id),
  check ((settled_at is null) = (settled_as is null)),
  check ((settled_as = 'given up') = (settled_by is not null) or settled_as is null)
);
comment on table reply.reply is
  'One thing that a sender is told of a request, by a message of its own: under the same ids however often it is sent, and each thing once. Its words are made when it goes and kept nowhere.';
comment on column reply.reply.id is 'The id of the message.';
comment on column reply.reply.request_id is 'The id of the HTTP request, the same at each try.';
comment on column reply.reply.last_answer is 'The status and the codes of the last answer; never its words.';
create index reply_unsent on reply.reply (area, request, id) where settled_as is null or settled_as = 'failed';
call platform.area_owned('reply.reply');
