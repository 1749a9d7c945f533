-- Something may be corrected in part, and an answer says how its person was told of it.

alter table rectification.answer drop constraint answer_result_check;
alter table rectification.answer add constraint answer_result_check check (result in ('corrected', 'partly', 'noted'));
alter table rectification.answer add column told text check (told in ('text', 'email'));
comment on column rectification.answer.told is
  'By which message the person is told that there is an answer to read in their space. Null where none could go: then somebody tells them.';
