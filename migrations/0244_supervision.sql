-- Supervision of coaches: when it was held, what was agreed, whom it was about. What was said is for the two alone.

create schema supervision;
comment on schema supervision is 'Supervision of coaches, and what the two of them wrote down.';
grant usage on schema supervision to workwell_app;

create procedure supervision.seen_by_two(owned regclass)
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', owned);
  execute format('alter table %s force row level security', owned);
  execute format('create policy own_area on %1$s using (area = nullif(current_setting(''app.area'', true), '''') '
    'and (current_user <> ''workwell_app'' or nullif(current_setting(''app.member'', true), '''')::uuid in (supervisor, coach)))', owned);
  execute format('grant select, insert, update on %s to workwell_app', owned);
end $$;
comment on procedure supervision.seen_by_two is
  'Makes a table of an area one that the product shows to the supervisor and the coach of each row alone. Whoever erases is neither, and still finds everything.';

create table supervision.supervision (
  area text not null,
  id uuid not null,
  supervisor uuid not null,
  coach uuid not null check (coach <> supervisor),
  on_day date not null,
  next_on date check (next_on > on_day),
  version integer not null default 1,
  by uuid not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (area, id),
  unique (area, id, supervisor, coach),
  foreign key (area, supervisor) references organisations.member (area, id),
  foreign key (area, coach) references organisations.member (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id)
);
comment on table supervision.supervision is
  'That two members held a supervision on a day, and when the next one is. Managers see this and nothing of what was said.';
create index supervision_of_coach on supervision.supervision (area, coach, on_day) where withdrawn_at is null;
create index supervision_of_supervisor on supervision.supervision (area, supervisor, on_day) where withdrawn_at is null;
call platform.area_owned('supervision.supervision');

create table supervision.note (
  area text not null,
  supervision uuid not null,
  number integer not null check (number > 0),
  supervisor uuid not null,
  coach uuid not null,
  agreed text not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, supervision, number),
  foreign key (area, supervision, supervisor, coach) references supervision.supervision (area, id, supervisor, coach),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table supervision.note is 'What was agreed, as one of the two wrote it; the highest number holds and the others stay as history.';
call supervision.seen_by_two('supervision.note');

create table supervision.talked_about (
  area text not null,
  supervision uuid not null,
  episode uuid not null,
  supervisor uuid not null,
  coach uuid not null,
  by uuid not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (area, supervision, episode),
  foreign key (area, supervision, supervisor, coach) references supervision.supervision (area, id, supervisor, coach),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table supervision.talked_about is 'Whose case was talked about in a supervision: a way to the record and no word about the person.';
create index talked_about_episode on supervision.talked_about (area, episode);
call supervision.seen_by_two('supervision.talked_about');

create table supervision.decision (
  area text not null,
  id uuid not null,
  episode uuid not null,
  decided text not null,
  by uuid not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id)
);
comment on table supervision.decision is
  'What was decided about one case and put on its record on purpose: everybody who opens the record reads it.';
create index decision_of_episode on supervision.decision (area, episode, id);
call platform.area_owned('supervision.decision');
