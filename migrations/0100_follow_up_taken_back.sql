-- A follow-up that was recorded by mistake is taken back, and can then be held as it was meant.

create table follow_up.withdrawal (
  area text not null,
  id uuid not null,
  follow_up uuid not null,
  reason text not null,
  at timestamptz not null,
  by uuid not null,
  primary key (area, id),
  unique (area, follow_up),
  foreign key (area, follow_up) references follow_up.follow_up (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table follow_up.withdrawal is 'A follow-up that was recorded by mistake, and why it was taken back. It stays readable.';
call platform.area_owned('follow_up.withdrawal', 'select, insert');

-- Once for each number of weeks is now said of those that still stand: whoever records one holds the episode still first.
alter table follow_up.follow_up drop constraint follow_up_area_episode_weeks_key;
create index follow_up_of_episode on follow_up.follow_up (area, episode, weeks);
