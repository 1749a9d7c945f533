-- Somebody may say by themselves, in their space, that something in their record is wrong.

alter table rectification.request alter column recorded_by drop not null;
comment on column rectification.request.recorded_by is
  'Who wrote down what the person said. Null where the person said it in their space.';
