-- The services that have a word are read best first, open ones before those with days of their own, so that a search stops
-- at the thousand that it puts in order, however many say the word. The hours stand in every index, as the marks do.

alter table services.service no force row level security;
alter table services.word no force row level security;
alter table services.near no force row level security;

alter table services.word add column hours bit(168) not null default repeat('0', 168)::bit(168);
alter table services.near add column hours bit(168) not null default repeat('0', 168)::bit(168);
update services.word set hours = service.hours from services.service
  where service.area = word.area and service.id = word.service;
update services.near set hours = service.hours from services.service
  where service.area = near.area and service.id = near.service;
alter table services.word alter column hours drop default;
alter table services.near alter column hours drop default;

-- The eleventh mark says that a service has days on which it is not open.
alter table services.word add column rank smallint not null
  generated always as ((weight * 2 - ((marks >> 11) & 1))::smallint) stored;
comment on column services.word.rank is 'The weight, and within it what is open on every day before what has days of its own: 6 is best.';

alter table services.service force row level security;
alter table services.word force row level security;
alter table services.near force row level security;

alter table services.word drop constraint word_pkey;
alter table services.word add primary key (area, word, service) include (weight, marks, hours);
create index word_by_rank on services.word (area, rank, word, service) include (marks, hours);
-- A few words stand in very many services, and the database has to know which.
alter table services.word alter column word set statistics 1000;

alter table services.near drop constraint near_pkey;
alter table services.near add primary key (area, cell, service, location) include (latitude, longitude, marks, hours);
drop index services.near_of_service;
create index near_of_service on services.near (area, service) include (latitude, longitude);
