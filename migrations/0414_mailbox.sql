-- Messages of practices with the form that came in them, until somebody has compared it and the area keeps it no longer.
-- docs/decisions/0020-mailbox.md has the reasons.

create schema incoming;
comment on schema incoming is 'What came into the mailbox of an area, and what somebody made of it.';
grant usage on schema incoming to workwell_app;

create table incoming.mail (
  area text not null references areas.area (area),
  id uuid not null,
  digest text not null check (length(digest) = 64),
  number integer not null check (number >= 0),
  from_name text,
  from_address text,
  subject text,
  came_at timestamptz not null,
  text text,
  form text,
  answers jsonb,
  reason text,
  version integer not null default 1 check (version > 0),
  settled_at timestamptz,
  settled_as text check (settled_as in ('taken', 'not-a-referral')),
  settled_by uuid,
  why text,
  referral uuid,
  practice uuid,
  their_reference text,
  emptied_at timestamptz,
  primary key (area, id),
  unique (area, digest, number),
  foreign key (area, settled_by) references organisations.member (area, id),
  foreign key (area, referral) references referral.referral (area, id),
  foreign key (area, practice) references organisations.organisation (area, id),
  check ((settled_at is null) = (settled_as is null)),
  check ((settled_as = 'taken') = (referral is not null) or settled_as is null),
  check (answers is not null or reason is not null)
);
comment on table incoming.mail is
  'A form that came by email and what was read of it, or a message in which none was found, with the reason. A draft until it is settled: a referral is made by whoever confirms it.';
comment on column incoming.mail.digest is 'Knows the message again: from its own id and everything below its headings.';
comment on column incoming.mail.number is 'Which form of the message it is, where one brought several.';
comment on column incoming.mail.form is 'The words of the form as they stood in the document.';
comment on column incoming.mail.answers is 'What was found behind each label; null where there was no form.';
comment on column incoming.mail.practice is 'The organisation of the register that whoever confirmed it named: our letters go to its address.';
create index mail_open on incoming.mail (area, came_at, id) where settled_at is null;
create index mail_of_referral on incoming.mail (area, referral) where referral is not null;
call platform.area_owned('incoming.mail');

create table incoming.file (
  area text not null,
  mail uuid not null,
  number integer not null,
  name text not null check (length(name) between 1 and 200),
  type text not null,
  content bytea not null,
  is_form boolean not null,
  primary key (area, mail, number),
  foreign key (area, mail) references incoming.mail (area, id)
);
comment on table incoming.file is 'A file that came with a message, as it came; deleted when the area keeps it no longer.';
call platform.area_owned('incoming.file', 'select, insert, delete');

create table incoming.look (
  area text not null references areas.area (area),
  at timestamptz not null,
  problem text,
  left_alone integer not null default 0 check (left_alone >= 0),
  primary key (area)
);
comment on table incoming.look is
  'When the mailbox of an area was last looked into, what stood in the way, and how many messages lie in it that are addressed to no area.';
call platform.area_owned('incoming.look');
