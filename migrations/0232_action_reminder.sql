-- Something of a plan that falls due is said again to whoever does it: to the participant by a message, where one may go.

create schema action_reminder;
comment on schema action_reminder is 'That participants were reminded of what they wanted to do, once for each day on which it fell due.';
grant usage on schema action_reminder to workwell_app;

create table action_reminder.reminder (
  area text not null,
  action uuid not null,
  due_on date not null,
  telling uuid not null,
  told boolean not null,
  at timestamptz not null,
  primary key (area, action, due_on),
  foreign key (area, action) references action.action (area, id)
);
comment on table action_reminder.reminder is
  'That an action fell due on a day and its participant was reminded, or that no message could reach them. Moved, it may be said again.';
comment on column action_reminder.reminder.telling is 'What their message is about: all that fell due for them goes into one.';
create index reminder_of_telling on action_reminder.reminder (area, telling);
call platform.area_owned('action_reminder.reminder', 'select, insert');

create index action_due on action.action (area, due_on) where taken_out_at is null;
