-- The chain that makes the journal tamper-evident (docs/decisions/0007-journal.md).

-- Entries that no seal covers yet. It takes the place of the order by transaction number, which another cluster does
-- not continue: after a restore or a move, numbers begin again and old and new entries could not be told apart.
drop index journal.entry_in_commit_order;
alter table journal.entry drop column xact;

create table journal.unsealed (
  area text not null,
  entry uuid not null,
  primary key (area, entry)
);
comment on table journal.unsealed is
  'Entries waiting for their seal: written with the entry, taken away by the sealer, so that one that commits late is sealed late and never missed.';
call platform.area_owned('journal.unsealed', 'select, insert, delete');

create table journal.seal (
  area text not null,
  number bigint not null check (number > 0),
  previous bytea not null check (octet_length(previous) = 32),
  first uuid not null,
  last uuid not null,
  entries integer not null check (entries > 0),
  covered uuid[] not null,
  hashes bytea not null,
  sealed_at timestamptz not null,
  hash bytea not null check (octet_length(hash) = 32),
  primary key (area, number),
  check (cardinality(covered) = entries and octet_length(hashes) = 32 * entries)
);
comment on table journal.seal is
  'One link of an area''s chain: which entries it covers, the hash of each, and a hash over these and the seal before. Never updated, never deleted.';
comment on column journal.seal.number is 'Counts on without a gap; two sealers that took the same number could not both commit.';
call platform.area_owned('journal.seal', 'select, insert');
