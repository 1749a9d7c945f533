-- Rows of open cases build on each other across files: a trial keeps their lines like an import does, until it is over.

alter table trial.trial
  add column batch uuid,
  add foreign key (area, batch) references batch.batch (area, id);
comment on column trial.trial.batch is 'Under which the lines of cases are kept while they are tried.';
