-- Which coach looks after somebody, why, and how a person goes from one provider to another.

create schema allocation;
comment on schema allocation is 'Who was given to which coach, and handed over to which provider, with the reason.';
grant usage on schema allocation to workwell_app;

create table allocation.allocation (
  area text not null,
  id uuid not null,
  episode uuid not null,
  coach uuid not null,
  coach_before uuid,
  reason text not null,
  note text,
  caseload integer not null,
  cap integer not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id, episode),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, coach) references organisations.member (area, id),
  foreign key (area, coach_before) references organisations.member (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table allocation.allocation is
  'A person was given to a coach: why, and how full the coach''s caseload was then against how many they can look after. Rows of one act have one id.';
create index allocation_of_episode on allocation.allocation (area, episode);
call platform.area_owned('allocation.allocation', 'select, insert');

create table allocation.handover (
  area text not null,
  id uuid not null,
  episode uuid not null,
  from_provider uuid not null,
  to_provider uuid not null,
  reason text not null,
  note text,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, from_provider) references organisations.organisation (area, id),
  foreign key (area, to_provider) references organisations.organisation (area, id),
  foreign key (area, by) references organisations.member (area, id),
  check (from_provider <> to_provider)
);
comment on table allocation.handover is
  'A person was handed over from one provider to another, who holds the record from then on. The one before keeps reading it.';
create index handover_of_episode on allocation.handover (area, episode);
call platform.area_owned('allocation.handover', 'select, insert');
