-- Which facts a person lets a recipient see, and not only how much.

alter table permissions.permission add column facts text[];
comment on column permissions.permission.facts is
  'The facts that were ticked where a summary may be told; null where the person did not narrow them down.';
