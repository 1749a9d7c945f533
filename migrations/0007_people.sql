-- People: who they are, how to reach them safely, what they need so that they can take part.

create schema people;
comment on schema people is 'People the service knows; a person is a row per area.';
grant usage on schema people to workwell_app;

create extension if not exists pg_trgm with schema public;

create table people.person (
  area text not null references areas.area (area),
  id uuid not null,
  given_name text not null,
  family_name text not null,
  preferred_name text,
  pronouns text,
  born_on date not null,
  nhs_number text check (nhs_number ~ '^[0-9]{10}$'),
  address text,
  postcode text,
  no_fixed_address boolean not null default false,
  council text,
  gp_practice text,
  gp_practice_code text,
  jobcentre text,
  language text,
  interpreter text,
  access_needs text[] not null default '{}',
  access_note text,
  access_reviewed_on date,
  safe_note text,
  best_time text,
  restricted boolean not null default false,
  restricted_reason text,
  restricted_note text,
  died_on date,
  merged_into uuid,
  registered_at timestamptz not null,
  synthetic boolean not null default false,
  batch uuid,
  version integer not null default 1,
  name_key text not null generated always as (lower(given_name || ' ' || family_name || ' ' || coalesce(preferred_name, ''))) stored,
  primary key (area, id),
  foreign key (area, merged_into) references people.person (area, id)
);
comment on table people.person is 'Who somebody is. The restricted note (domestic abuse, third parties) is shown only to those named for this record.';
create index person_by_nhs_number on people.person (area, nhs_number) where nhs_number is not null;
create index person_by_birth on people.person (area, born_on, lower(family_name));
create index person_by_name on people.person using gin (name_key public.gin_trgm_ops);
create index person_of_batch on people.person (area, batch) where batch is not null;
call platform.area_owned('people.person');

create table people.means (
  area text not null,
  id uuid not null,
  person uuid not null,
  kind text not null check (kind in ('mobile', 'telephone', 'email', 'post')),
  value text not null,
  value_key text not null generated always as (
    case when kind in ('mobile', 'telephone') then right(regexp_replace(value, '[^0-9]', '', 'g'), 10) else lower(value) end) stored,
  wanted boolean not null default true,
  safe boolean not null default true,
  voicemail_safe boolean not null default false,
  preferred boolean not null default false,
  added_at timestamptz not null,
  ended_at timestamptz,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id)
);
comment on table people.means is 'One way to reach a person: whether they want it used and whether it is safe. Ended rather than deleted.';
create index means_of_person on people.means (area, person) where ended_at is null;
create index means_by_value on people.means (area, value_key) where ended_at is null;
call platform.area_owned('people.means');

create table people.equality (
  area text not null,
  person uuid not null,
  sex text,
  gender text,
  ethnicity text,
  disability text,
  condition_lasting text,
  condition_limiting text,
  caring text,
  veteran text,
  asked_at timestamptz not null,
  version integer not null default 1,
  primary key (area, person),
  foreign key (area, person) references people.person (area, id)
);
comment on table people.equality is 'Answers to the equality questions; every question may be answered with "prefer not to say".';
call platform.area_owned('people.equality');

create table people.holder (
  area text not null,
  person uuid not null,
  organisation uuid not null,
  since timestamptz not null,
  until timestamptz,
  primary key (area, person, organisation),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id)
);
comment on table people.holder is 'Which organisations hold this person''s record: their workers, and those they share with, may see it.';
create index holder_of_organisation on people.holder (area, organisation, person) where until is null;
call platform.area_owned('people.holder');

create table people.named_access (
  area text not null,
  person uuid not null,
  membership uuid not null,
  from_at timestamptz not null,
  until_at timestamptz,
  given_by uuid,
  reason text not null,
  primary key (area, person, membership, from_at),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, membership) references organisations.member (area, id)
);
comment on table people.named_access is 'Who is named for a restricted record; everybody else does not find it.';
call platform.area_owned('people.named_access');

create table people.duplicate (
  area text not null,
  id uuid not null,
  person uuid not null,
  other uuid not null,
  why text not null,
  found_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  decision text check (decision in ('same', 'different')),
  undone_at timestamptz,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, other) references people.person (area, id),
  check (person <> other)
);
comment on table people.duplicate is 'Two records that may be one person, and what somebody decided. A decision can be undone.';
create unique index duplicate_pair on people.duplicate (area, least(person, other), greatest(person, other)) where undone_at is null;
create index duplicate_open on people.duplicate (area, found_at) where decided_at is null;
call platform.area_owned('people.duplicate');
