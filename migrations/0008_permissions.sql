-- What a person agreed to: seven switches, each with the wording shown, how, when and by whom; withdrawn at any time.

create schema permissions;
comment on schema permissions is 'What people agreed to, beside the lawful basis.';
grant usage on schema permissions to workwell_app;

create table permissions.wording (
  area text not null references areas.area (area),
  switch text not null,
  version integer not null,
  text text not null,
  from_on date not null,
  primary key (area, switch, version)
);
comment on table permissions.wording is 'The words a switch was offered in, version by version.';
call platform.area_owned('permissions.wording');

create table permissions.permission (
  area text not null,
  id uuid not null,
  person uuid not null,
  switch text not null,
  recipient text not null default '',
  allows text not null,
  given boolean not null,
  wording_version integer,
  how text not null,
  lawful_basis text not null,
  recorded_by uuid,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id)
);
comment on table permissions.permission is 'One answer to one switch for one recipient. The newest answer counts; a withdrawal is a newer row that says no.';
create index permission_newest on permissions.permission (area, person, switch, recipient, at desc);
call platform.area_owned('permissions.permission');
