-- What somebody says of themselves at the head of their adjustment passport, version by version.

create schema passport;
comment on schema passport is 'Adjustment passports: the words of the person; the adjustments themselves stand elsewhere.';
grant usage on schema passport to workwell_app;

create table passport.version (
  area text not null,
  id uuid not null,
  person uuid not null,
  number integer not null check (number > 0),
  introduction text,
  at timestamptz not null,
  primary key (area, id),
  unique (area, person, number),
  foreign key (area, person) references people.person (area, id)
);
comment on table passport.version is
  'What the person wrote themselves to introduce their passport; empty where they took it away. The highest number holds.';
call platform.area_owned('passport.version', 'select, insert');
