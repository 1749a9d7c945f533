-- After a handover the provider before may read the record for a time that the area decides, and no longer write in it.

alter table people.holder
  add column reads_until timestamptz,
  add constraint holder_reads_after_its_end check (reads_until is null or until is not null);
comment on table people.holder is 'Which organisations hold this person''s record: their workers, and those they share with, may see it and work on it until their holding ends, and may then read it until the moment named here.';
