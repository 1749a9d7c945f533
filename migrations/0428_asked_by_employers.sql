-- Somebody at work says that an employee may be helped: the employee is asked by their own link, and the service knows of
-- nobody before they have sent a request themselves. docs/decisions/0034-asked-and-free-to-say-no.md has the reasons.

create schema asked_by_employer;
comment on schema asked_by_employer is 'Employees who were asked because their employer said so, until they answer or two weeks have passed.';
grant usage on schema asked_by_employer to workwell_app;

create table asked_by_employer.ask (
  area text not null references areas.area (area),
  id uuid not null,
  given_name text not null check (length(given_name) between 1 and 60),
  family_name text not null check (length(family_name) between 1 and 60),
  channel text not null check (channel in ('text', 'email')),
  address text not null check (length(address) between 3 and 320),
  employer_name text not null check (length(employer_name) between 1 and 60),
  organisation text not null check (length(organisation) between 1 and 100),
  asked_at timestamptz not null,
  until_at timestamptz not null,
  primary key (area, id)
);
comment on table asked_by_employer.ask is
  'An employee who was asked and has not answered. Read by nobody of the service and by no list; the row goes when they answer, and at the latest after two weeks.';
create index ask_until on asked_by_employer.ask (area, until_at);
call platform.area_owned('asked_by_employer.ask', 'select, insert, delete');

create table asked_by_employer.asked (
  area text not null references areas.area (area),
  key bytea not null check (length(key) = 32),
  on_day date not null,
  times integer not null check (times > 0),
  primary key (area, key, on_day)
);
comment on table asked_by_employer.asked is
  'How often an address was named, and how often one named others, on a day: a keyed digest in place of the address, forgotten after two weeks.';
call platform.area_owned('asked_by_employer.asked', 'select, insert, update, delete');

create table asked_by_employer.never (
  area text not null references areas.area (area),
  key bytea not null check (length(key) = 32),
  at timestamptz not null,
  primary key (area, key)
);
comment on table asked_by_employer.never is
  'Addresses to which nobody is written because an employer asks: their own wish, kept as a keyed digest.';
call platform.area_owned('asked_by_employer.never', 'select, insert');

-- Whom an employer named and who then asks for help themselves comes by the route "employer" and agrees for themselves.
alter table referral.referral drop constraint referral_check1;
alter table referral.referral add constraint referral_for_themselves
  check (agreement <> 'self' or route in ('self', 'partner-app', 'outreach', 'employer'));
