-- Who may sign in, which sign-ins are open, and what is remembered between the two halves of a sign-in.
-- National: an account may hold memberships in several areas, so none of these tables belongs to one.

create schema identity;
comment on schema identity is 'Accounts, how they sign in, and their sessions. What an account may do is a membership, kept elsewhere.';
grant usage on schema identity to workwell_app;

create table identity.account (
  id uuid primary key,
  name text not null check (name <> ''),
  email text check (email = lower(email) and email like '%_@_%'),
  invited_until timestamptz,
  created_at timestamptz not null,
  check (invited_until is null or email is not null)
);
comment on table identity.account is
  'Somebody who can sign in. The e-mail address is one that an identity provider has verified, or that an invitation names.';
comment on column identity.account.invited_until is
  'Until when a first sign-in whose provider has verified this e-mail address becomes this account; empty once it has.';
create unique index account_invited on identity.account (email) where invited_until is not null;
create index account_email on identity.account (email);
grant select, insert on identity.account to workwell_app;
grant update (name, email, invited_until) on identity.account to workwell_app;

create table identity.login (
  provider text not null,
  subject text not null check (subject <> ''),
  account uuid not null references identity.account,
  created_at timestamptz not null,
  primary key (provider, subject)
);
comment on table identity.login is
  'How an account is recognised: the identity provider''s key in the settings and the subject it gives. Never by e-mail address.';
create index login_of_account on identity.login (account);
grant select, insert, delete on identity.login to workwell_app;

create table identity.session (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  account uuid not null references identity.account,
  membership uuid,
  area text,
  provider text not null,
  second_factor boolean not null,
  id_token text,
  return_path text check (return_path like '/%'),
  created_at timestamptz not null,
  seen_at timestamptz not null,
  idle_ends_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  ended_reason text check (ended_reason in ('signed out', 'signed in again', 'revoked', 'provider removed')),
  check ((membership is null) = (area is null)),
  check ((ended_at is null) = (ended_reason is null))
);
comment on table identity.session is
  'A sign-in that is or was open. Its key is the hash of a random token which only the person''s browser has. '
  'Sessions that ran out keep their expiry and no reason; all are deleted 30 days after their last possible moment.';
comment on column identity.session.membership is 'The membership the person works under now, chosen after signing in; its area beside it.';
comment on column identity.session.id_token is 'Handed back to the identity provider when signing out there; kept only where it asks for that, and until then.';
comment on column identity.session.return_path is 'The page that was asked for before signing in, until a membership is chosen.';
create index session_of_account on identity.session (account) where ended_at is null;
create index session_by_end on identity.session (ends_at);
grant select, insert, delete on identity.session to workwell_app;
grant update (membership, area, id_token, return_path, seen_at, idle_ends_at, ended_at, ended_reason)
  on identity.session to workwell_app;

create table identity.pending (
  state_hash bytea primary key check (octet_length(state_hash) = 32),
  browser_hash bytea not null check (octet_length(browser_hash) = 32),
  provider text not null,
  nonce text not null,
  verifier text not null,
  return_path text check (return_path like '/%'),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
comment on table identity.pending is
  'A sign-in that has left for an identity provider and is not back. Usable once, by the browser that left, for ten minutes.';
create index pending_by_expiry on identity.pending (expires_at);
grant select, insert, delete on identity.pending to workwell_app;

create table identity.stand_in (
  model text not null,
  id text not null,
  payload jsonb not null,
  grant_id text,
  user_code text,
  uid text,
  expires_at timestamptz,
  consumed_at timestamptz,
  primary key (model, id)
);
comment on table identity.stand_in is
  'What the stand-in identity provider of the demo remembers, so that every copy of the product can answer. Empty in production.';
create index stand_in_grant on identity.stand_in (grant_id) where grant_id is not null;
create index stand_in_user_code on identity.stand_in (model, user_code) where user_code is not null;
create index stand_in_uid on identity.stand_in (model, uid) where uid is not null;
create index stand_in_by_expiry on identity.stand_in (expires_at);
grant select, insert, update, delete on identity.stand_in to workwell_app;

create table identity.signing_key (
  id text primary key,
  jwk jsonb not null,
  created_at timestamptz not null
);
comment on table identity.signing_key is
  'The stand-in identity provider''s own signing key, made once so that all copies sign alike. No other key is kept here.';
grant select, insert on identity.signing_key to workwell_app;
