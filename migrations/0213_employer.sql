-- Where somebody works and whom we talk to there, what may be said to each, and how often we talked.

create schema employer;
comment on schema employer is 'Employers of people, what each may be told, and the talks with them.';
grant usage on schema employer to workwell_app;

create table employer.workplace (
  area text not null,
  id uuid not null,
  person uuid not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table employer.workplace is 'Somebody we talk to at the employer of a person; who that is stands in its newest version.';
create index workplace_of_person on employer.workplace (area, person);
call platform.area_owned('employer.workplace', 'select, insert');

create table employer.version (
  area text not null,
  workplace uuid not null,
  number integer not null check (number > 0),
  organisation text not null,
  site text,
  contact text not null,
  part text not null check (part in ('line-manager', 'hr', 'owner', 'occupational-health', 'other')),
  email text,
  phone text,
  ended_on date,
  by uuid not null,
  at timestamptz not null,
  primary key (area, workplace, number),
  foreign key (area, workplace) references employer.workplace (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table employer.version is
  'The employer, the place, whom we talk to and how, and from when on no more. The highest number holds; the others are its history.';
call platform.area_owned('employer.version', 'select, insert');

create table employer.sentence (
  area text not null,
  id uuid not null,
  person uuid not null,
  kind text not null,
  words text not null,
  by uuid not null,
  at timestamptz not null,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id)
);
comment on table employer.sentence is
  'A sentence about how somebody works, written with them, that could be said to an employer. It says nothing by itself.';
create index sentence_of_person on employer.sentence (area, person);
call platform.area_owned('employer.sentence', 'select, insert, update');

create table employer.saying (
  area text not null,
  id uuid not null,
  workplace uuid not null,
  number integer not null check (number > 0),
  adjustments boolean not null,
  phased_return boolean not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  unique (area, workplace, number),
  foreign key (area, workplace) references employer.workplace (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table employer.saying is
  'What a person allowed to be said at one workplace; the highest number holds. That they agreed at all is a permission.';
call platform.area_owned('employer.saying', 'select, insert');

create table employer.said (
  area text not null,
  saying uuid not null,
  sentence uuid not null,
  primary key (area, saying, sentence),
  foreign key (area, saying) references employer.saying (area, id),
  foreign key (area, sentence) references employer.sentence (area, id)
);
comment on table employer.said is 'One sentence that may be said.';
call platform.area_owned('employer.said', 'select, insert');

create table employer.talk (
  area text not null,
  id uuid not null,
  workplace uuid not null,
  kind text not null check (kind in ('call', 'visit', 'letter', 'email', 'meeting')),
  minutes integer not null check (minutes between 1 and 600),
  happened_on date not null,
  note text not null,
  by uuid not null,
  at timestamptz not null,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  primary key (area, id),
  foreign key (area, workplace) references employer.workplace (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id)
);
comment on table employer.talk is 'A call, visit, letter, email or meeting with the employer of a person, and how long it took.';
create index talk_of_workplace on employer.talk (area, workplace);
create index talk_by_day on employer.talk (area, happened_on);
call platform.area_owned('employer.talk', 'select, insert, update');
