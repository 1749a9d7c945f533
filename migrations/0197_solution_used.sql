-- Which suggestion an action was made from, and which were set aside for somebody: so that an area learns what helps.

alter table action.action
  add column solution text,
  add column solution_version integer,
  add column as_suggested boolean,
  add constraint action_suggested check (
    (solution is null) = (solution_version is null) and (solution is null) = (as_suggested is null)
  );
comment on column action.action.solution is 'The suggestion it was made from; null where it was thought of without one.';
comment on column action.action.as_suggested is 'Whether it was added in the words and with the owner that were suggested.';
create index action_of_solution on action.action (area, solution) where solution is not null;

create table solution.ignoring (
  area text not null,
  id uuid not null,
  episode uuid not null,
  solution text not null,
  by uuid not null,
  at timestamptz not null,
  taken_back_by uuid,
  taken_back_at timestamptz,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, taken_back_by) references organisations.member (area, id),
  constraint taken_back_by_somebody check ((taken_back_at is null) = (taken_back_by is null))
);
create unique index ignoring_stands_once on solution.ignoring (area, episode, solution) where taken_back_at is null;
create index ignoring_of_solution on solution.ignoring (area, solution) where taken_back_at is null;
comment on table solution.ignoring is
  'That a suggestion is not for the person of an episode, until somebody takes that back: it is then not shown for them.';
call platform.area_owned('solution.ignoring', 'select, insert, update');
