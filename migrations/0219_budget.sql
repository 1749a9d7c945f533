-- The intervention budget: what an area may spend in a period and for one person, and what it is spent on. Money in whole pence.

create schema budget_limit;
comment on schema budget_limit is 'How much may be spent, and who may approve it.';
grant usage on schema budget_limit to workwell_app;

create table budget_limit.period (
  area text not null,
  id uuid not null,
  from_on date not null,
  until_on date not null check (until_on > from_on),
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, by) references organisations.member (area, id),
  exclude using gist (area with =, daterange(from_on, until_on) with &&)
);
comment on table budget_limit.period is
  'A time with a budget of its own, from a day and until another, which is not part of it. Who commits money of it takes this row first.';
call platform.area_owned('budget_limit.period');

create table budget_limit.amount (
  area text not null,
  period uuid not null,
  number integer not null check (number > 0),
  area_pence bigint not null check (area_pence >= 0),
  person_pence bigint not null check (person_pence >= 0),
  why text,
  by uuid not null,
  at timestamptz not null,
  primary key (area, period, number),
  foreign key (area, period) references budget_limit.period (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table budget_limit.amount is
  'How much may be committed in a period, for the area and for one person. Changed by a newer row; the highest number holds.';
call platform.area_owned('budget_limit.amount', 'select, insert');

create table budget_limit.approver (
  area text not null,
  id uuid not null,
  member uuid not null,
  pence bigint not null check (pence > 0),
  from_on date not null,
  until_on date check (until_on > from_on),
  by uuid not null,
  at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (area, id),
  foreign key (area, member) references organisations.member (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, ended_by) references organisations.member (area, id)
);
comment on table budget_limit.approver is 'A member who may approve requests of at most so much, from a day and until another.';
create index approver_of_member on budget_limit.approver (area, member) where ended_at is null;
call platform.area_owned('budget_limit.approver');

create schema budget;
comment on schema budget is 'What is asked for and spent from the intervention budget, each step with who and when.';
grant usage on schema budget to workwell_app;

create table budget.request (
  area text not null,
  id uuid not null,
  episode uuid not null,
  what text not null,
  supplier text not null,
  why text not null,
  pence bigint not null check (pence > 0),
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table budget.request is 'Something to be paid for one person: what for, from what kind of supplier, at which cost, and why.';
create index request_of_episode on budget.request (area, episode);
call platform.area_owned('budget.request', 'select, insert');

create table budget.step (
  area text not null,
  id uuid not null,
  request uuid not null,
  number integer not null check (number > 0),
  kind text not null check (kind in ('approved', 'refused', 'cost-known', 'attended', 'paid', 'cancelled')),
  period uuid,
  pence bigint check (pence >= 0),
  meeting uuid,
  note text,
  on_day date not null,
  by uuid not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (area, id),
  unique (area, request, number),
  foreign key (area, request) references budget.request (area, id),
  foreign key (area, period) references budget_limit.period (area, id),
  foreign key (area, meeting) references team.meeting (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id),
  check (kind <> 'approved' or (period is not null and pence is not null)),
  check (kind <> 'cost-known' or pence is not null)
);
comment on table budget.step is
  'What became of a request. The highest number that was not taken back says how it stands; an approval names the period whose money it takes.';
create index step_of_period on budget.step (area, period) where period is not null;
call platform.area_owned('budget.step');
