-- The directory of local services. What is said of a service is one document, kept version by version; the columns beside
-- it are worked out of the document in the same statement, for whatever is searched, filtered, sorted or counted by.
-- docs/decisions/0022-directory.md has the reasons.

-- For "in this area, with these words": the area and a text in the same inverted index.
create extension if not exists btree_gin;

create schema services;
comment on schema services is 'The directory of local services, each area''s own; national services are a copy in each area.';
grant usage on schema services to workwell_app;

create table services.taxonomy (
  area text not null references areas.area (area),
  id uuid not null,
  name text not null,
  about text not null,
  primary key (area, id)
);
comment on table services.taxonomy is 'A list of kinds of service: the product''s own of onward support, and those that feeds bring along.';
call platform.area_owned('services.taxonomy');

create table services.term (
  area text not null,
  id uuid not null,
  taxonomy uuid not null,
  name text not null,
  about text not null,
  parent uuid,
  primary key (area, id),
  foreign key (area, taxonomy) references services.taxonomy (area, id),
  foreign key (area, parent) references services.term (area, id)
);
comment on table services.term is 'One kind of service in a taxonomy.';
create index term_of_taxonomy on services.term (area, taxonomy, name);
call platform.area_owned('services.term');

create table services.owner (
  area text not null references areas.area (area),
  id uuid not null,
  version integer not null check (version > 0),
  name text not null,
  organisation uuid,
  document jsonb not null,
  primary key (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id)
);
comment on table services.owner is
  'Who runs a service of the directory, as Open Referral calls it an organisation. Not the organisations that work here: where it is one of them as well, it names it.';
create index owner_by_name on services.owner (area, lower(name) text_pattern_ops);
call platform.area_owned('services.owner');

create table services.location (
  area text not null references areas.area (area),
  id uuid not null,
  version integer not null check (version > 0),
  name text not null,
  town text,
  outward text check (outward ~ '^[A-Z0-9]{2,4}$'),
  published boolean not null,
  document jsonb not null,
  primary key (area, id)
);
comment on table services.location is 'A building where services are given: its address, how to get in. Not published where its address is to be kept back.';
create index location_by_town on services.location (area, lower(town) text_pattern_ops);
create index location_by_outward on services.location (area, outward);
call platform.area_owned('services.location');

create table services.service (
  area text not null references areas.area (area),
  id uuid not null,
  version integer not null check (version > 0),
  owner uuid not null,
  name text not null,
  summary text not null,
  also text not null,
  origin text not null check (origin in ('own', 'supplied', 'feed')),
  published boolean not null,
  located boolean not null,
  free boolean not null,
  least_age integer,
  most_age integer,
  wait_weeks integer check (wait_weeks >= 0),
  wait_on date,
  capacity text,
  valid_from date,
  valid_until date,
  paused_from date,
  paused_until date,
  checked_on date,
  changed_at timestamptz not null,
  document jsonb not null,
  words tsvector not null generated always as (
    setweight(to_tsvector('english'::regconfig, name), 'A') || setweight(to_tsvector('english'::regconfig, also), 'B')
      || setweight(to_tsvector('english'::regconfig, summary), 'C')) stored,
  primary key (area, id),
  foreign key (area, owner) references services.owner (area, id),
  constraint paused_in_order check (paused_until > paused_from),
  constraint valid_in_order check (valid_until > valid_from)
);
comment on table services.service is
  'A local service as it stands: the document of its newest version, and what of it is searched by. Whether it is open follows from the days.';
comment on column services.service.also is 'What else it is found by: other names, its owner, its kinds and the towns it is in.';
comment on column services.service.origin is 'From where it came first: written here, with the product, or from the feed of another directory.';
comment on column services.service.located is 'Whether it is given anywhere in particular; else it is reached by phone or online.';
comment on column services.service.valid_until is 'The first day on which it is closed for good; it stays visible and nobody can be referred to it.';
comment on column services.service.paused_until is 'The first day on which it is open again; null where that is not known.';
comment on column services.service.checked_on is 'The day on which somebody last saw that all of it is right; null where nobody has.';
create index service_by_name on services.service (area, lower(name), id);
create index service_by_words on services.service using gin (area, words);
create index service_by_check on services.service (area, checked_on nulls first, id);
create index service_of_owner on services.service (area, owner);
call platform.area_owned('services.service');

create table services.service_term (
  area text not null,
  term uuid not null,
  service uuid not null,
  primary key (area, term, service),
  foreign key (area, service) references services.service (area, id),
  foreign key (area, term) references services.term (area, id)
);
comment on table services.service_term is 'Of which kinds a service is.';
create index service_term_of_service on services.service_term (area, service);
call platform.area_owned('services.service_term', 'select, insert, delete');

create table services.at_location (
  area text not null,
  id uuid not null,
  service uuid not null,
  location uuid not null,
  primary key (area, id),
  unique (area, service, location),
  foreign key (area, service) references services.service (area, id),
  foreign key (area, location) references services.location (area, id)
);
comment on table services.at_location is 'That a service is given at a location.';
create index at_location_by_location on services.at_location (area, location, service);
call platform.area_owned('services.at_location', 'select, insert, delete');

create table services.opening (
  area text not null,
  service uuid not null,
  place integer not null,
  location uuid,
  day smallint not null check (day between 1 and 7),
  opens time not null,
  closes time not null,
  primary key (area, service, place),
  foreign key (area, service) references services.service (area, id),
  foreign key (area, location) references services.location (area, id)
);
comment on table services.opening is 'When a service is open in an ordinary week, Monday being 1; at one of its locations where it names one. It closes at midnight where it closes at 00:00.';
create index opening_by_day on services.opening (area, day, opens);
call platform.area_owned('services.opening', 'select, insert, delete');

create table services.served (
  area text not null,
  service uuid not null,
  kind text not null check (kind in ('country', 'board', 'council', 'outward')),
  code text not null,
  primary key (area, kind, code, service),
  foreign key (area, service) references services.service (area, id)
);
comment on table services.served is 'Whom a service is for by where they live: a country, a board, a council or the first half of a postcode. None at all: everybody in the area.';
create index served_of_service on services.served (area, service);
call platform.area_owned('services.served', 'select, insert, delete');

create table services.version (
  area text not null references areas.area (area),
  about text not null check (about in ('service', 'owner', 'location')),
  subject uuid not null,
  version integer not null check (version > 0),
  document jsonb not null,
  came_from text not null check (came_from in ('member', 'owner', 'feed', 'supplied')),
  source text,
  note text,
  by uuid,
  at timestamptz not null,
  primary key (area, about, subject, version),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table services.version is
  'Everything that was ever said of a service, an owner or a location: who said it, when, what, and from where it came.';
call platform.area_owned('services.version', 'select, insert');

-- The directory is public: without an area, as the feed of the whole installation is read, what is published is seen and
-- nothing else; with one, its own rows alone, as everywhere.
create policy published_everywhere on services.service for select
  using (published and nullif(current_setting('app.area', true), '') is null);
create policy published_everywhere on services.location for select
  using (published and nullif(current_setting('app.area', true), '') is null);
create policy published_everywhere on services.owner for select
  using (nullif(current_setting('app.area', true), '') is null);
create policy published_everywhere on services.at_location for select
  using (nullif(current_setting('app.area', true), '') is null);
create policy published_everywhere on services.opening for select
  using (nullif(current_setting('app.area', true), '') is null);
create policy published_everywhere on services.served for select
  using (nullif(current_setting('app.area', true), '') is null);
create policy published_everywhere on services.service_term for select
  using (nullif(current_setting('app.area', true), '') is null);
create policy published_everywhere on services.term for select
  using (nullif(current_setting('app.area', true), '') is null);
create policy published_everywhere on services.taxonomy for select
  using (nullif(current_setting('app.area', true), '') is null);

create schema proposing;
comment on schema proposing is 'Changes to the directory that wait for somebody who decides.';
grant usage on schema proposing to workwell_app;

create table proposing.proposal (
  area text not null,
  id uuid not null,
  service uuid not null,
  base integer not null,
  document jsonb not null,
  came_from text not null check (came_from in ('member', 'owner', 'feed', 'supplied')),
  note text,
  by uuid,
  at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  accepted boolean,
  reason text,
  primary key (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, decided_by) references organisations.member (area, id),
  constraint decided_whole check ((decided_at is null) = (accepted is null))
);
comment on table proposing.proposal is
  'A change, or a new service, that waits for somebody who decides. The base is the version it was written over, 0 for one that is not in the directory yet.';
create index proposal_waiting on proposing.proposal (area, at) where decided_at is null;
create index proposal_of_service on proposing.proposal (area, service);
call platform.area_owned('proposing.proposal');

create schema checking;
comment on schema checking is 'Whether what the directory says is still right.';
grant usage on schema checking to workwell_app;

create table checking.feedback (
  area text not null,
  id uuid not null,
  service uuid not null,
  about text not null,
  words text,
  by uuid,
  at timestamptz not null,
  settled_by uuid,
  settled_at timestamptz,
  answer text,
  primary key (area, id),
  foreign key (area, service) references services.service (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, settled_by) references organisations.member (area, id)
);
comment on table checking.feedback is 'What somebody found to be wrong with a listing, until it was looked into. Nothing about people.';
create index feedback_open on checking.feedback (area, at) where settled_at is null;
create index feedback_of_service on checking.feedback (area, service);
call platform.area_owned('checking.feedback');

create schema source;
comment on schema source is 'From where listings come beside the area itself: those that come with the product, and the feeds of others.';
grant usage on schema source to workwell_app;

create table source.received (
  area text not null,
  source text not null,
  outer_id text not null,
  service uuid not null,
  document jsonb not null,
  at timestamptz not null,
  missing_since timestamptz,
  primary key (area, source, outer_id),
  foreign key (area, service) references services.service (area, id)
);
comment on table source.received is
  'What a source last said of a service: the common ground on which the next that it says, and what was changed here, are put together.';
create index received_of_service on source.received (area, service);
call platform.area_owned('source.received');

create table source.supplied (
  area text not null references areas.area (area),
  stamp text not null,
  at timestamptz not null,
  primary key (area)
);
comment on table source.supplied is 'Which edition of the national services an area was last brought: one that is there already costs one look.';
call platform.area_owned('source.supplied');
