-- Somebody goes back from a service to their coach in one step, and is in both at once where they want.

create schema support_now;
comment on schema support_now is 'That somebody came back from a service to coaching, with what their coach does next.';
grant usage on schema support_now to workwell_app;

create table support_now.came_back (
  area text not null,
  referral uuid not null,
  action uuid not null,
  at timestamptz not null,
  by uuid not null,
  primary key (area, referral),
  foreign key (area, referral) references onward.referral (area, id),
  foreign key (area, action) references action.action (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table support_now.came_back is 'Somebody came back from a service to coaching: the action that their coach does next.';
create index came_back_action on support_now.came_back (area, action);
call platform.area_owned('support_now.came_back', 'select, insert');
