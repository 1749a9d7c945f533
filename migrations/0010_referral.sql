-- Referrals: one request for help for one person, by themselves or by somebody else, whatever the way it came.

create schema referral;
comment on schema referral is 'Requests for help: who asked for whom, how, and what was said when it was made.';
grant usage on schema referral to workwell_app;

create table referral.reference (
  area text not null references areas.area (area),
  referral uuid not null,
  reference text not null check (reference ~ '^WW-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{3}$'),
  given_at timestamptz not null,
  primary key (area, referral),
  unique (area, reference)
);
comment on table referral.reference is
  'The reference a referral is known by, given once. A form that is sent twice finds its own row here and makes nothing new.';
call platform.area_owned('referral.reference', 'select, insert');

create table referral.referral (
  area text not null,
  id uuid not null,
  person uuid not null,
  episode uuid,
  route text not null,
  channel text not null,
  agreement text not null check (agreement in ('self', 'agreed', 'not-asked')),
  holder uuid not null,
  received_on date not null,
  received_at timestamptz not null,
  typed_at timestamptz not null,
  typed_by uuid,
  work_status text,
  main_barrier text,
  fit_note text,
  fit_note_ends_on date,
  reason text,
  how_heard text,
  referrer_name text,
  referrer_organisation text,
  referrer_email text,
  feedback text not null,
  version integer not null default 1,
  primary key (area, id),
  foreign key (area, id) references referral.reference (area, referral),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, holder) references organisations.organisation (area, id),
  foreign key (area, typed_by) references organisations.member (area, id),
  check (agreement = 'not-asked' or episode is not null),
  check (agreement <> 'self' or route in ('self', 'partner-app', 'outreach'))
);
comment on table referral.referral is
  'One request for help. Received says when it reached the service, typed when it was written down. Until the person was asked '
  'it is held: without an episode, and without a clock.';
create index referral_by_age on referral.referral (area, received_at, id);
create index referral_of_person on referral.referral (area, person);
create index referral_of_episode on referral.referral (area, episode) where episode is not null;
create index referral_held on referral.referral (area, received_at, id) where episode is null;
call platform.area_owned('referral.referral');

create table referral.answer (
  area text not null,
  referral uuid not null,
  agreed boolean not null,
  feedback_agreed boolean not null,
  how text not null,
  at timestamptz not null,
  by uuid not null,
  primary key (area, referral),
  foreign key (area, referral) references referral.referral (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table referral.answer is
  'What the person said when they were asked about a referral somebody else had made without asking them.';
call platform.area_owned('referral.answer', 'select, insert');

create table referral.earlier (
  area text not null,
  referral uuid not null,
  version integer not null,
  was jsonb not null,
  until_at timestamptz not null,
  changed_by uuid not null,
  primary key (area, referral, version),
  foreign key (area, referral) references referral.referral (area, id),
  foreign key (area, changed_by) references organisations.member (area, id)
);
comment on table referral.earlier is 'What a referral said before it was corrected, version by version.';
call platform.area_owned('referral.earlier', 'select, insert');
