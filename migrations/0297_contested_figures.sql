-- A service may say that the figures of how it answers are not right, and the area answers: both stand beside the figures.

create schema onward_figures;
comment on schema onward_figures is 'What services say against the figures of how they answer referrals, and what the area answers.';
grant usage on schema onward_figures to workwell_app;

create table onward_figures.contest (
  area text not null,
  id uuid not null,
  service uuid not null,
  words text not null,
  stood text not null,
  by_name text not null,
  by uuid,
  at timestamptz not null,
  answer text,
  answered_by uuid,
  answered_at timestamptz,
  primary key (area, id),
  foreign key (area, service) references services.service (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, answered_by) references organisations.member (area, id),
  constraint contest_answered check ((answered_at is null) = (answer is null) and (answered_at is null) = (answered_by is null))
);
comment on table onward_figures.contest is
  'That a service contests the figures of how it answers, as they stood that day, in its own words, and what the area answers.';
comment on column onward_figures.contest.by is 'The member of the service who said it in the inbox; null where it came by the link about the listing.';
create unique index contest_open on onward_figures.contest (area, service) where answered_at is null;
create index contest_of_service on onward_figures.contest (area, service, at);
create index contest_of_area on onward_figures.contest (area, at);
create index contest_by on onward_figures.contest (area, by) where by is not null;
create index contest_answered_by on onward_figures.contest (area, answered_by) where answered_by is not null;
call platform.area_owned('onward_figures.contest', 'select, insert');
grant update (answer, answered_by, answered_at) on onward_figures.contest to workwell_app;
