-- A part that somebody has gone on from is not shown again, though they may have left questions of it open.

alter table questionnaires.begun add column done boolean not null default false;
comment on column questionnaires.begun.done is 'Whether they went on to the next part.';
