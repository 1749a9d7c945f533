-- Referrals that other systems send as FHIR R4 to the product's own door, and how often each system may ask.
-- docs/decisions/0028-fhir-edge.md has the reasons.

alter table clients.client
  add column per_minute integer not null default 600 check (per_minute between 1 and 1000000);
alter table clients.client alter column per_minute drop default;

create table clients.minute (
  area text not null,
  client uuid not null,
  minute timestamptz not null,
  asked integer not null check (asked >= 0),
  primary key (area, client, minute),
  foreign key (area, client) references clients.client (area, id)
);
comment on table clients.minute is
  'How many requests the copies of the product have set aside for a system client in one minute, together.';
call platform.area_owned('clients.minute', 'select, insert, update, delete');

create schema edge;
comment on schema edge is 'What other systems sent as FHIR R4.';
grant usage on schema edge to workwell_app;

create table edge.request (
  area text not null references areas.area (area),
  id uuid not null,
  organisation uuid not null,
  client uuid not null,
  system text not null check (length(system) between 1 and 500),
  value text not null check (length(value) between 1 and 200),
  digest bytea not null check (length(digest) = 32),
  patient uuid not null,
  task uuid,
  referral uuid not null,
  nhs_number_verified boolean not null,
  authored_at timestamptz not null,
  taken_at timestamptz not null,
  primary key (area, id),
  unique (area, organisation, system, value),
  unique (area, patient),
  unique (area, task),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, client) references clients.client (area, id),
  foreign key (area, referral) references referral.reference (area, referral)
);
comment on table edge.request is
  'A ServiceRequest of another system, with the ids by which its organisation reads back what it sent. Of its words nothing is kept here.';
comment on column edge.request.value is 'What the sender calls it, in the numbering that "system" names: each is taken once.';
comment on column edge.request.digest is 'Of the body as it came, so that the same sent again is told from something else.';
comment on column edge.request.patient is 'What the person is called to this sender: another for each request, and nowhere else the same.';
comment on column edge.request.task is 'Where the sender asks to be told how it goes on, under what the person allows.';
create index request_taken on edge.request (area, organisation, taken_at, id);
create index request_of_referral on edge.request (area, referral);
call platform.area_owned('edge.request', 'select, insert');
