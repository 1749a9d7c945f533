-- What was typed and not yet sent, the links that open one thing for one person, and the messages that may go out.

create schema form;
comment on schema form is 'Drafts: what somebody typed and has not sent yet.';
grant usage on schema form to workwell_app;

create table form.draft (
  area text not null,
  owner text not null,
  page text not null,
  record text not null default '',
  typed jsonb not null,
  saved_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (area, owner, page, record)
);
comment on table form.draft is 'What somebody typed on a page, kept on the server until it is sent or expires. The owner is an account or a hashed visit.';
create index draft_expiring on form.draft (area, expires_at);
call platform.area_owned('form.draft', 'select, insert, update, delete');

create schema link;
comment on schema link is 'Links for people without an account: one purpose, one person, expiring.';
grant usage on schema link to workwell_app;

create table link.link (
  area text not null,
  id uuid not null,
  token_hash bytea not null,
  purpose text not null,
  person uuid,
  subject uuid,
  issued_at timestamptz not null,
  issued_by uuid,
  expires_at timestamptz not null,
  withdrawn_at timestamptz,
  first_opened_at timestamptz,
  opened integer not null default 0,
  failed integer not null default 0,
  primary key (area, id)
);
comment on table link.link is 'One link: what it opens, for whom, until when. Only the hash of its token is kept.';
create unique index link_by_token on link.link (area, token_hash);
create index link_of_person on link.link (area, person) where person is not null;
call platform.area_owned('link.link');

create schema notify;
comment on schema notify is 'The outbox: the only way in which a message leaves the product.';
grant usage on schema notify to workwell_app;

create table notify.message (
  area text not null,
  id uuid not null,
  person uuid,
  kind text not null,
  channel text not null check (channel in ('email', 'text', 'letter')),
  address text not null,
  subject text,
  body text not null,
  about uuid,
  allowed_by text not null,
  written_at timestamptz not null,
  not_before timestamptz not null,
  settled_at timestamptz,
  settled_as text check (settled_as in ('sent', 'held back', 'failed')),
  reason text,
  primary key (area, id),
  check ((settled_at is null) = (settled_as is null))
);
comment on table notify.message is 'A message that was to go out: what allowed it, when it may go at the earliest, and what became of it.';
create index message_waiting on notify.message (area, not_before) where settled_at is null;
create index message_newest on notify.message (area, written_at desc, id);
create index message_of_person on notify.message (area, person, written_at) where person is not null;
call platform.area_owned('notify.message');
