-- A concern says who raised it, what was said in words, and when somebody has to act; closing it says why.

alter table safety.concern drop constraint concern_source_check;
alter table safety.concern
  add constraint concern_source_check check (source in ('staff', 'questionnaire')),
  add column raised_by text not null default 'staff'
    check (raised_by in ('staff', 'person', 'family', 'professional', 'other', 'questionnaire')),
  add column raised_name text,
  add column said text,
  add column act_by text not null default 'today' check (act_by in ('now', 'today', 'days'));
update safety.concern set raised_by = 'questionnaire' where source = 'questionnaire';
comment on column safety.concern.act_by is 'How soon somebody has to act. It says nothing about how likely harm is: there is no risk score.';

alter table safety.look
  add column done_at timestamptz,
  add column closed_why text;
comment on column safety.look.done_at is 'When it was done, where that was not when it was written down.';

create table safety.point (
  area text not null,
  id uuid not null,
  concern uuid not null,
  point integer not null check (point between 1 and 6),
  done boolean not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, concern) references safety.concern (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table safety.point is 'That one of the six points of the area was done for a concern, or that this was taken back. The newest holds.';
create index point_of_concern on safety.point (area, concern, id);
call platform.area_owned('safety.point', 'select, insert');
