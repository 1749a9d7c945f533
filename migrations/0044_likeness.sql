-- Records that may be of one person: what somebody decided, and what a merge moved, so that it can be taken back.

create schema likeness;
comment on schema likeness is 'Pairs of records that may be one person, and what was decided about them.';
grant usage on schema likeness to workwell_app;

alter table people.duplicate set schema likeness;
alter table likeness.duplicate rename to pair;
alter table likeness.pair
  add column reason text,
  add column kept uuid,
  add column entrusted uuid[] not null default '{}',
  add column followed uuid[] not null default '{}',
  add column undone_by uuid,
  add column version integer not null default 1,
  add foreign key (area, kept) references people.person (area, id);
comment on column likeness.pair.kept is 'The record that goes on, where both were found to be one person.';
comment on column likeness.pair.entrusted is 'Organisations that hold the kept record only because of this merge.';
comment on column likeness.pair.followed is 'Records that had been merged into the other one and now point to the kept one.';
create index pair_of_other on likeness.pair (area, other) where undone_at is null;
create index pair_of_person on likeness.pair (area, person) where undone_at is null;
