-- The feeds of other directories: which an area reads, what came of each reading, and what a feed does not say any more.
-- docs/decisions/0023-feeds.md has the reasons.

create schema feed;
comment on schema feed is 'The open directories of others that an area reads.';
grant usage on schema feed to workwell_app;

create table feed.feed (
  area text not null references areas.area (area),
  id uuid not null,
  version integer not null check (version > 0),
  address text not null,
  name text not null,
  speaks text not null check (speaks in ('3.0', '1.0')),
  answers text not null,
  licence text not null,
  every text not null,
  least_share smallint not null check (least_share between 0 and 100),
  added_by uuid not null,
  added_at timestamptz not null,
  paused_at timestamptz,
  removed_at timestamptz,
  primary key (area, id),
  foreign key (area, added_by) references organisations.member (area, id)
);
comment on table feed.feed is
  'The open directory of somebody else that an area reads. One that is paused or taken off is read no more; what it brought stays.';
comment on column feed.feed.answers is 'Who answers for what the feed says, and how they are reached.';
comment on column feed.feed.least_share is
  'The least share, in per cent, of the services known from it that it must still have: with fewer nothing is marked as missing before somebody has looked.';
create unique index feed_by_address on feed.feed (area, address) where removed_at is null;
call platform.area_owned('feed.feed');

create schema run;
comment on schema run is 'Readings of feeds: how far each came, and what came of it.';
grant usage on schema run to workwell_app;

create table run.run (
  area text not null,
  id uuid not null,
  feed uuid not null,
  kind text not null check (kind in ('whole', 'since')),
  by uuid,
  began_at timestamptz not null,
  moved_at timestamptz not null,
  ended_at timestamptz,
  ending text,
  since timestamptz,
  page integer not null default 1,
  item integer not null default 0,
  next text,
  repeated integer not null default 0,
  told integer,
  tries integer not null default 0,
  trouble text,
  shown text,
  next_try timestamptz,
  taken integer not null default 0,
  unchanged integer not null default 0,
  changed integer not null default 0,
  disputed integer not null default 0,
  refused integer not null default 0,
  remarked integer not null default 0,
  twice integer not null default 0,
  missing integer not null default 0,
  back integer not null default 0,
  knows_since boolean not null default false,
  primary key (area, id),
  foreign key (area, feed) references feed.feed (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table run.run is
  'One reading of a feed. The page and the item say how far it has come: both move in the transaction that takes what was read, so that one that stops half-way goes on there.';
comment on column run.run.next is 'The address of the page that comes next, where the feed names one.';
comment on column run.run.knows_since is 'Whether the feed was seen to give only what changed since a moment when asked for that.';
comment on column run.run.told is 'How many services the feed said it has.';
create index run_of_feed on run.run (area, feed, began_at desc);
create unique index run_under_way on run.run (area, feed) where ended_at is null;
call platform.area_owned('run.run');

create table run.row (
  area text not null,
  run uuid not null,
  number integer not null,
  page integer not null,
  outer_id text,
  name text,
  taken boolean not null,
  reason text not null,
  primary key (area, run, number),
  foreign key (area, run) references run.run (area, id)
);
comment on table run.row is 'A row of a feed that was not taken, or that was taken without a part of it, with the reason in words.';
call platform.area_owned('run.row', 'select, insert, delete');

create table run.page (
  area text not null,
  feed uuid not null,
  address text not null,
  etag text,
  modified text,
  next text,
  told integer,
  outer_ids text[] not null,
  primary key (area, feed, address),
  foreign key (area, feed) references feed.feed (area, id)
);
comment on table run.page is
  'A page of a feed as it last came, by which it is asked whether it has changed: where it has not, these services stand in it as before.';
call platform.area_owned('run.page', 'select, insert, update, delete');

-- What a feed said last, and when: a service that it does not say any more keeps its row.
alter table source.received add column seen_at timestamptz not null default now(), add column mark text;
alter table source.received alter column seen_at drop default;
comment on column source.received.seen_at is 'When the reading began in which the source spoke of it last.';
comment on column source.received.mark is 'When the source itself says that it changed this service last: of one that has not changed nothing more is asked.';
comment on column source.received.missing_since is 'Since when the source does not say it any more. Nothing is removed for that; somebody looks.';
create index received_missing on source.received (area, source, missing_since) where missing_since is not null;
create index received_seen on source.received (area, source, seen_at);
