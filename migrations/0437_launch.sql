-- Records systems of practices that open the form for professionals with the patient filled in (SMART App Launch 2).
-- docs/decisions/0035-launch.md has the reasons.

create schema launch;
comment on schema launch is
  'Records systems that open the form for professionals with the patient filled in. Nothing of a patient is kept.';
grant usage on schema launch to workwell_app;

create table launch.system (
  area text not null references areas.area (area),
  id uuid not null,
  organisation uuid not null,
  name text not null check (length(name) between 1 and 200),
  iss text not null check (length(iss) between 8 and 1000 and iss !~ '/$'),
  client_id text not null check (length(client_id) between 1 and 200),
  sign_in text check (length(sign_in) between 8 and 300),
  added_at timestamptz not null,
  added_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  used_at timestamptz,
  problem text check (problem in ('silent', 'refused', 'unusable')),
  problem_at timestamptz,
  primary key (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, added_by) references organisations.member (area, id),
  foreign key (area, ended_by) references organisations.member (area, id),
  check ((ended_at is null) = (ended_by is null)),
  check ((problem is null) = (problem_at is null))
);
comment on table launch.system is
  'A records system that the area trusts to open the form, for one organisation, from when until when.';
comment on column launch.system.iss is 'The address of its FHIR server, by which it says who it is. Nothing is fetched from any other server but sign_in.';
comment on column launch.system.sign_in is 'The server at which it signs its people in, where that is another one.';
comment on column launch.system.problem is 'Why it handed nobody over when it was last asked to; empty where it did.';
create unique index launch_system_in_force on launch.system (area, iss) where ended_at is null;
call platform.area_owned('launch.system');

create table launch.pending (
  area text not null references areas.area (area),
  state_hash bytea not null check (length(state_hash) = 32),
  browser_hash bytea not null check (length(browser_hash) = 32),
  system uuid not null,
  verifier text not null check (length(verifier) = 43),
  token_address text not null check (length(token_address) between 8 and 2000),
  issuer text check (length(issuer) between 1 and 2000),
  expires_at timestamptz not null,
  primary key (area, state_hash),
  foreign key (area, system) references launch.system (area, id)
);
comment on table launch.pending is
  'A browser that went to its records system to be let in, until it comes back once or ten minutes have passed.';
create index launch_pending_over on launch.pending (area, expires_at);
call platform.area_owned('launch.pending', 'select, insert, delete');
