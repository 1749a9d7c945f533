-- What somebody needs can be passed on as the national Reasonable Adjustment Flag, if they agree to it.

alter table people.person
  add column access_consent text check (access_consent in ('yes', 'no')),
  add column access_conditions text[] not null default '{}';
comment on column people.person.access_consent is
  'Whether they agree that other health and care services see what they need; null until they are asked.';
comment on column people.person.access_conditions is
  'What their needs have to do with, in the eleven words of the national flag, where they want to say it.';
