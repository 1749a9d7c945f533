-- Participants sign in with an account of another organisation: NHS login, GOV.UK One Login.

create schema login;
comment on schema login is 'Accounts elsewhere with which people sign in as themselves.';
grant usage on schema login to workwell_app;

create table login.known (
  area text not null,
  provider text not null,
  subject text not null,
  person uuid not null,
  since timestamptz not null,
  primary key (area, provider, subject),
  foreign key (area, person) references people.person (area, id)
);
comment on table login.known is
  'Whose an account elsewhere is: the provider''s key in the settings and the subject it gives, and the person who was shown to be them.';
create index known_of_person on login.known (area, person);
call platform.area_owned('login.known', 'select, insert, update, delete');

create table login.waiting (
  area text not null,
  owner text not null,
  provider text not null,
  subject text not null,
  nhs_number text,
  arrived_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (area, owner)
);
comment on table login.waiting is
  'Somebody came back from a provider and is nobody we know by it. Owner is their browser; a code and the date of birth show once who they are.';
call platform.area_owned('login.waiting', 'select, insert, update, delete');
