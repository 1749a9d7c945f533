-- What was given in a copy is not kept for good, and a complex request may take two months longer (UK GDPR, Article 12(3)).

alter table copy.release
  alter column document drop not null,
  add column emptied_at timestamptz,
  add check ((document is null) = (emptied_at is not null));
comment on table copy.release is
  'A copy as it was given, what was left out not in it. Some days later its contents are deleted, and that it was given stays.';
grant update (document, emptied_at) on copy.release to workwell_app;
create index release_with_contents on copy.release (area, at) where document is not null;

create table copy.extension (
  area text not null,
  request uuid not null,
  due_on date not null,
  why text not null,
  told_on date not null,
  told_how text not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, request),
  foreign key (area, request) references copy.request (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table copy.extension is
  'That a copy takes longer than a month because what was asked for is complex: until when, why, and when and how the person was told within the month.';
call platform.area_owned('copy.extension', 'select, insert');
