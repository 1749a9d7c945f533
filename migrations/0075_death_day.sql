-- Somebody may be known to have died without the day being known.

alter table people.person add column death_day_known boolean not null default true;
comment on column people.person.death_day_known is 'False where died_on is only the day on which the service learnt of it.';
