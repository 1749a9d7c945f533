-- What is put to an employer: adjustments and the phased return; what they answer, and that all three agree.

create schema three_way;
comment on schema three_way is 'What is put to the employers of people, their answers, and that the three agree.';
grant usage on schema three_way to workwell_app;

create table three_way.proposal (
  area text not null,
  id uuid not null,
  episode uuid not null,
  person uuid not null,
  workplace uuid not null,
  organisation text not null,
  contact text not null,
  address text,
  asks text not null,
  shared jsonb not null,
  phased_return uuid,
  allowed_by text not null,
  by uuid not null,
  at timestamptz not null,
  sent_at timestamptz,
  closed_by uuid,
  closed_at timestamptz,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, workplace) references employer.workplace (area, id),
  foreign key (area, phased_return) references phased_return.version (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, closed_by) references organisations.member (area, id)
);
comment on table three_way.proposal is
  'What was put to somebody at the work of a person, exactly as it is shown to them once it is sent; without an address it is said to them.';
create index proposal_of_episode on three_way.proposal (area, episode);
create index proposal_of_person on three_way.proposal (area, person);
create index proposal_of_workplace on three_way.proposal (area, workplace);
call platform.area_owned('three_way.proposal', 'select, insert, update');

create table three_way.item (
  area text not null,
  id uuid not null,
  proposal uuid not null,
  place integer not null check (place > 0),
  adjustment uuid not null,
  kind text not null,
  what text not null,
  primary key (area, id),
  unique (area, proposal, place),
  foreign key (area, proposal) references three_way.proposal (area, id),
  foreign key (area, adjustment) references adjustments.adjustment (area, id)
);
comment on table three_way.item is 'An adjustment in the words in which it was put to the employer.';
call platform.area_owned('three_way.item', 'select, insert');

create table three_way.reply (
  area text not null,
  id uuid not null,
  proposal uuid not null,
  number integer not null check (number > 0),
  how text not null check (how in ('link', 'telephone', 'in-person')),
  by_name text not null,
  note text,
  by uuid,
  at timestamptz not null,
  read_by uuid,
  read_at timestamptz,
  primary key (area, id),
  unique (area, proposal, number),
  foreign key (area, proposal) references three_way.proposal (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, read_by) references organisations.member (area, id)
);
comment on table three_way.reply is
  'What the employer answered to all of it at once, by the link or told to a member; the highest number counts.';
create index reply_unread on three_way.reply (area, proposal) where read_at is null;
call platform.area_owned('three_way.reply', 'select, insert, update');

create table three_way.answer (
  area text not null,
  reply uuid not null,
  place integer not null check (place >= 0),
  answer text not null check (answer in ('agree', 'suggest', 'cannot')),
  from_on date,
  words text,
  step uuid,
  primary key (area, reply, place),
  foreign key (area, reply) references three_way.reply (area, id),
  foreign key (area, step) references adjustments.step (area, id)
);
comment on table three_way.answer is
  'The answer to one of them: from when, what instead, or why not. Place 0 is the phased return; the step is what it wrote on the adjustment.';
call platform.area_owned('three_way.answer', 'select, insert');

create table three_way.consent (
  area text not null,
  id uuid not null,
  reply uuid not null,
  party text not null check (party in ('participant', 'coach')),
  agrees boolean not null,
  how text not null check (how in ('online', 'telephone', 'in-person')),
  note text,
  by uuid,
  at timestamptz not null,
  read_by uuid,
  read_at timestamptz,
  primary key (area, id),
  foreign key (area, reply) references three_way.reply (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, read_by) references organisations.member (area, id)
);
comment on table three_way.consent is
  'What the person or their coach says to what the employer answered; the newest of each counts, and a newer answer asks both anew.';
create index consent_of_reply on three_way.consent (area, reply);
call platform.area_owned('three_way.consent', 'select, insert, update');

-- What an employer answers through a link stands on the adjustment at once, and nobody of the team wrote it.
alter table adjustments.step alter column by drop not null;
alter table adjustments.step_withdrawal alter column by drop not null;
alter table adjustments.step add column from_on date;
comment on column adjustments.step.from_on is 'From when on the employer agreed to it, where they said so.';
