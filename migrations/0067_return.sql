-- A month's return: its figures as somebody signed them, what was asked about it, and what was answered.

create schema return;
comment on schema return is 'Signed months, version by version, with questions and answers.';
grant usage on schema return to workwell_app;

create table return.signature (
  area text not null,
  month date not null check (extract(day from month) = 1),
  version integer not null check (version >= 1),
  figures jsonb not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  reason text,
  signed_by uuid not null,
  signed_at timestamptz not null,
  primary key (area, month, version),
  foreign key (area, signed_by) references organisations.member (area, id),
  check ((version = 1) = (reason is null))
);
comment on table return.signature is
  'A month as it was signed: every figure, by whom and when. The digest is the SHA-256 of the figures as text with its keys in order. Signing again makes a new version and says why; no version is ever changed.';
call platform.area_owned('return.signature', 'select, insert');

create table return.question (
  area text not null,
  id uuid not null,
  month date not null,
  version integer not null,
  question text not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  primary key (area, id),
  foreign key (area, month, version) references return.signature (area, month, version),
  foreign key (area, asked_by) references organisations.member (area, id)
);
comment on table return.question is 'Something that was asked about the figures of a signed month.';
create index question_of_month on return.question (area, month, id);
call platform.area_owned('return.question', 'select, insert');

create table return.answer (
  area text not null,
  question uuid not null,
  answer text not null,
  answered_by uuid not null,
  answered_at timestamptz not null,
  primary key (area, question),
  foreign key (area, question) references return.question (area, id),
  foreign key (area, answered_by) references organisations.member (area, id)
);
comment on table return.answer is 'What was answered. Where a figure was wrong, the month is signed again as well.';
call platform.area_owned('return.answer', 'select, insert');
