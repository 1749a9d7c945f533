-- A local service answers an onward referral by an email in reply: what came, and what a coach made of it.
-- docs/decisions/0039-answers-by-email.md has the reasons.

create schema emailed_answer;
comment on schema emailed_answer is 'What services wrote back by email, until a coach has said what it is.';
grant usage on schema emailed_answer to workwell_app;

create table emailed_answer.email (
  area text not null,
  id uuid not null,
  referral uuid not null,
  digest text not null check (length(digest) = 64),
  kind text not null check (kind in ('answer', 'automatic', 'not-arrived')),
  from_name text,
  from_address text,
  known boolean not null,
  words text,
  whole boolean not null,
  files integer not null check (files >= 0),
  reads text check (reads in ('accepted', 'waiting', 'declined', 'started', 'ended')),
  reads_reason text,
  reads_day date,
  came_at timestamptz not null,
  settled_at timestamptz,
  settled_as text check (settled_as in ('kept', 'no-answer', 'read')),
  settled_by uuid,
  event uuid,
  emptied_at timestamptz,
  primary key (area, id),
  unique (area, digest),
  foreign key (area, referral) references onward.referral (area, id),
  foreign key (area, settled_by) references organisations.member (area, id),
  foreign key (area, event) references onward.event (area, id),
  constraint emailed_answer_settled check ((settled_at is null) = (settled_as is null)),
  constraint emailed_answer_settled_by check ((settled_at is null) = (settled_by is null)),
  constraint emailed_answer_kept check ((event is not null) = (settled_as is not null and settled_as = 'kept'))
);
comment on table emailed_answer.email is
  'An email of a service about somebody who was passed on to it. Heard and not believed: a coach keeps it as an answer, or says that it is none.';
comment on column emailed_answer.email.digest is 'Knows the message again: from its own id and everything below its headings.';
comment on column emailed_answer.email.kind is
  'What it is by its headings: written by somebody, sent by a machine in reply, or that our email did not arrive.';
comment on column emailed_answer.email.known is
  'Whether it says that it comes from an address of the service that we know: where a link went, of its listing, or of its own people.';
comment on column emailed_answer.email.words is
  'What they wrote themselves, without what they quoted; null where it was larger than we read, and once it is deleted.';
comment on column emailed_answer.email.whole is 'Whether the message could be read; if not, it lies in the mailbox.';
comment on column emailed_answer.email.files is 'How many files came with it; they stay in the mailbox.';
comment on column emailed_answer.email.reads is 'What it would say as an answer; null where its first line is none of the words.';
comment on column emailed_answer.email.event is 'What was kept of it with the onward referral.';
create index emailed_answer_of on emailed_answer.email (area, referral, came_at);
create index emailed_answer_waiting on emailed_answer.email (area, referral)
  where settled_at is null and emptied_at is null and kind <> 'automatic';
create index emailed_answer_full on emailed_answer.email (area, came_at) where emptied_at is null;
create index emailed_answer_settled_by on emailed_answer.email (area, settled_by) where settled_by is not null;
create index emailed_answer_event on emailed_answer.email (area, event) where event is not null;
call platform.area_owned('emailed_answer.email', 'select, insert');
grant update (settled_at, settled_as, settled_by, event, from_name, from_address, words, emptied_at)
  on emailed_answer.email to workwell_app;

-- It is for the team to read: a transaction of a local service finds none, not its own either.
alter policy own_area on emailed_answer.email using (
  area = nullif(current_setting('app.area', true), '') and nullif(current_setting('app.answering', true), '') is null);

-- By the reference in an email it is found which request it answers.
create index onward_by_reference on onward.referral (area, right(id::text, 8));
