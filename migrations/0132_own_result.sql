-- A participant says themselves what came of what they wanted to do.

alter table action.result add column own boolean not null default false;
comment on column action.result.own is 'The participant said it themselves, signed in; then nobody else stands as who said it.';
alter table action.result add constraint own_by_nobody_else check (not own or by is null);
alter table action.result add column seen_at timestamptz;
alter table action.result add column seen_by uuid;
comment on column action.result.seen_at is 'When a member saw what the participant had said.';
alter table action.result add foreign key (area, seen_by) references organisations.member (area, id);
alter table action.result add constraint seen_by_somebody check ((seen_at is null) = (seen_by is null));
create index result_unseen on action.result (area, action) where own and seen_at is null;
grant update (seen_at, seen_by) on action.result to workwell_app;
