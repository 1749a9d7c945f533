-- Other computer systems that come in by themselves: who they are, by which public keys they are known, and how often they
-- ask. docs/decisions/0027-system-clients.md has the reasons.

create schema clients;
comment on schema clients is 'Other computer systems that come in by themselves, each for one organisation of one area.';
grant usage on schema clients to workwell_app;

create table clients.client (
  area text not null references areas.area (area),
  id uuid not null,
  organisation uuid not null,
  name text not null check (length(name) between 1 and 200),
  contact text not null check (length(contact) between 3 and 320),
  scopes text[] not null check (cardinality(scopes) > 0),
  per_minute integer not null check (per_minute between 1 and 1000000),
  added_at timestamptz not null,
  added_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  used_at timestamptz,
  primary key (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, added_by) references organisations.member (area, id),
  foreign key (area, ended_by) references organisations.member (area, id)
);
comment on table clients.client is
  'A system client. One that has ended gets no answer from that moment on and stays, so that the journal reads right.';
comment on column clients.client.contact is 'The e-mail address of whoever looks after the system.';
comment on column clients.client.added_by is 'The member who registered it; null where it was registered on the command line.';
comment on column clients.client.used_at is 'When it last came in, to the minute.';
call platform.area_owned('clients.client');

create table clients.key (
  area text not null,
  client uuid not null,
  kid text not null check (length(kid) between 1 and 200),
  algorithm text not null check (algorithm in ('RS512', 'ES256')),
  jwk jsonb not null,
  added_at timestamptz not null,
  added_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  primary key (area, client, kid),
  foreign key (area, client) references clients.client (area, id),
  foreign key (area, added_by) references organisations.member (area, id),
  foreign key (area, ended_by) references organisations.member (area, id)
);
comment on table clients.key is 'A public key by which a system client is known. Two may hold at once, so that one can follow the other.';
call platform.area_owned('clients.key');

create table clients.statement (
  area text not null,
  client uuid not null,
  digest bytea not null check (length(digest) = 32),
  until timestamptz not null,
  primary key (area, client, digest),
  foreign key (area, client) references clients.client (area, id)
);
comment on table clients.statement is 'The ids of signed statements that were taken, as digests, until they hold no longer: each is taken once.';
create index statement_until on clients.statement (area, until);
call platform.area_owned('clients.statement', 'select, insert, delete');

create table clients.token (
  area text not null,
  token_hash bytea not null check (length(token_hash) = 32),
  client uuid not null,
  scopes text[] not null,
  issued_at timestamptz not null,
  until timestamptz not null,
  primary key (area, token_hash),
  foreign key (area, client) references clients.client (area, id)
);
comment on table clients.token is 'What a system client shows with each request, as a hash; it holds for minutes, and not beyond its client.';
create index token_until on clients.token (area, until);
call platform.area_owned('clients.token', 'select, insert, delete');

create table clients.minute (
  area text not null,
  client uuid not null,
  minute timestamptz not null,
  asked integer not null check (asked >= 0),
  primary key (area, client, minute),
  foreign key (area, client) references clients.client (area, id)
);
comment on table clients.minute is 'How many requests the copies of the product have set aside for a system client in one minute.';
call platform.area_owned('clients.minute', 'select, insert, update, delete');
