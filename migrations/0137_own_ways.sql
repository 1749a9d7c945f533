-- A way to reach a person that they gave themselves, and have not yet shown to be theirs: nothing but a code is sent to
-- it, and nobody signs in by it.

alter table people.means
  add column unconfirmed_at timestamptz,
  add column code uuid,
  add column code_sent_at timestamptz,
  add column codes_sent integer not null default 0,
  add column code_tries integer not null default 0;
comment on column people.means.unconfirmed_at is
  'Since when it stands here because the person gave it, while they have not entered the code that was sent to it; empty for every other.';
comment on column people.means.code is
  'What the digits of the newest code follow from, made by the server for each code anew.';
comment on column people.means.code_sent_at is 'When the newest code was sent to it.';
comment on column people.means.codes_sent is 'How many codes were sent to it.';
comment on column people.means.code_tries is 'How many wrong codes were entered for it.';
