-- How many people are meant to begin support in each month: entered by somebody, kept as history from the first plan on.

create schema profile;
comment on schema profile is 'Planned starts by month, with history.';
grant usage on schema profile to workwell_app;

create table profile.plan (
  area text not null,
  id uuid not null,
  organisation uuid not null,
  why text,
  entered_by uuid not null,
  entered_at timestamptz not null,
  primary key (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, entered_by) references organisations.member (area, id)
);
comment on table profile.plan is
  'Planned starts of an organisation as somebody entered them at one moment. The newest that names a month holds for it; those before stay.';
create index plan_of_organisation on profile.plan (area, organisation, id);
call platform.area_owned('profile.plan', 'select, insert');

create table profile.planned (
  area text not null,
  plan uuid not null,
  month date not null check (extract(day from month) = 1),
  starts integer not null check (starts between 0 and 9999),
  primary key (area, plan, month),
  foreign key (area, plan) references profile.plan (area, id)
);
comment on table profile.planned is 'How many people are meant to begin support in a month, by one plan.';
call platform.area_owned('profile.planned', 'select, insert');
