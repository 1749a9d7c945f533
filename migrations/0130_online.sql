-- Participants sign in as themselves, see their own record and nothing else.

create schema online;
comment on schema online is 'Participants who sign in as themselves: their sessions, and who has no access online.';
grant usage on schema online to workwell_app;

create table online.session (
  area text not null,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  person uuid not null,
  way text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  idle_ends_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  ended_reason text,
  primary key (area, token_hash),
  foreign key (area, person) references people.person (area, id),
  check ((ended_at is null) = (ended_reason is null))
);
comment on table online.session is
  'A participant who is or was signed in. Its key is the hash of a random token which only their browser has; way is how they showed who they are.';
create index session_of_person on online.session (area, person) where ended_at is null;
call platform.area_owned('online.session', 'select, insert, update, delete');

create table online.closing (
  area text not null,
  id uuid not null,
  person uuid not null,
  reason text not null,
  note text,
  closed_by uuid not null,
  closed_at timestamptz not null,
  lifted_by uuid,
  lifted_at timestamptz,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, closed_by) references organisations.member (area, id),
  foreign key (area, lifted_by) references organisations.member (area, id),
  check ((lifted_at is null) = (lifted_by is null))
);
comment on table online.closing is
  'A member closed a person''s access online, for a reason such as a phone that others read, until somebody lifts it.';
create unique index one_closing_at_a_time on online.closing (area, person) where lifted_at is null;
call platform.area_owned('online.closing');
