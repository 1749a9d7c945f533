-- A batch is one file, or one folder of files, that was brought in: several files have rows of the same number, and parts
-- of a large file are dealt with side by side.

create schema batch;
comment on schema batch is 'Files and folders of files that an area brought in, and what came of each row.';
grant usage on schema batch to workwell_app;

alter table files.batch set schema batch;
alter table files.row set schema batch;
drop schema files;

alter table batch.batch
  drop column reached,
  drop constraint batch_kind_check,
  add constraint batch_kind check (kind in ('referrals', 'episodes')),
  alter column rows set default 0;
comment on table batch.batch is
  'One file or folder that was brought in. Rows, taken, already and refused count what was dealt with so far: a run that broke off goes on with the rest.';

alter table batch.row
  add column sheet text not null default 'referrals',
  add column made uuid,
  drop constraint row_pkey,
  add primary key (area, batch, sheet, number);
alter table batch.row alter column sheet drop default;
comment on table batch.row is
  'What came of one row of one of the files. The key says which row of the sending system it is, and who says which person, both as digests: the same row in another file is known again. Made is the record that came of it.';
