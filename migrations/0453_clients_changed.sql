-- What a system may do, how often, and who looks after it can be changed.

alter table clients.client add column version integer not null default 1 check (version > 0);
comment on column clients.client.version is 'How often it was saved, so that two who change it see each other.';
alter table clients.client alter column version drop default;
