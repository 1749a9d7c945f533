-- The meetings of the team, what they decided, and what became of it.

create schema team;
comment on schema team is 'Meetings of the multi-disciplinary team and what they decide.';
grant usage on schema team to workwell_app;

create table team.meeting (
  area text not null,
  id uuid not null,
  organisation uuid not null,
  on_day date not null,
  starts text not null check (starts ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  place text,
  chair uuid not null,
  version integer not null default 1,
  by uuid not null,
  at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid,
  called_off_at timestamptz,
  called_off_by uuid,
  primary key (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, chair) references organisations.member (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, closed_by) references organisations.member (area, id),
  foreign key (area, called_off_by) references organisations.member (area, id)
);
comment on table team.meeting is 'A meeting of the team of an organisation: when, where, who chairs; closed when its queue was worked through.';
create index meeting_of_organisation on team.meeting (area, organisation, on_day);
call platform.area_owned('team.meeting');

create table team.attendance (
  area text not null,
  meeting uuid not null,
  member uuid not null,
  from_version integer not null,
  until_version integer,
  primary key (area, meeting, member, from_version),
  foreign key (area, meeting) references team.meeting (area, id),
  foreign key (area, member) references organisations.member (area, id)
);
comment on table team.attendance is
  'Who comes to a meeting, since which version of it and until which; nobody is deleted, since it says who could read what.';
create index attendance_of_member on team.attendance (area, member) where until_version is null;
call platform.area_owned('team.attendance');

create table team.decision (
  area text not null,
  id uuid not null,
  matter uuid not null,
  meeting uuid not null,
  becomes text not null check (becomes in ('task', 'action', 'advice')),
  decided text not null,
  owner uuid,
  due_on date,
  action uuid,
  note text,
  by uuid not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (area, id),
  foreign key (area, matter) references matter.matter (area, id),
  foreign key (area, meeting) references team.meeting (area, id),
  foreign key (area, owner) references organisations.member (area, id),
  foreign key (area, action) references action.action (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id),
  check (becomes <> 'task' or (owner is not null and due_on is not null)),
  check (becomes <> 'action' or action is not null)
);
comment on table team.decision is
  'What a meeting decided about a matter: a task of a member, an action of the plan (whose result stands there), or advice alone.';
create index decision_of_matter on team.decision (area, matter);
create index task_of_owner on team.decision (area, owner) where becomes = 'task' and withdrawn_at is null;
call platform.area_owned('team.decision');

create table team.result (
  area text not null,
  id uuid not null,
  decision uuid not null,
  done boolean not null,
  note text,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, decision) references team.decision (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table team.result is 'That a task of the team is done, or is not after all; the newest row counts.';
create index result_of_decision on team.result (area, decision);
call platform.area_owned('team.result', 'select, insert');

create table team.carried (
  area text not null,
  matter uuid not null,
  meeting uuid not null,
  why text,
  by uuid not null,
  at timestamptz not null,
  primary key (area, matter, meeting),
  foreign key (area, matter) references matter.matter (area, id),
  foreign key (area, meeting) references team.meeting (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table team.carried is 'A matter went on to the next meeting undecided, with the reason where somebody gave one.';
call platform.area_owned('team.carried', 'select, insert');
