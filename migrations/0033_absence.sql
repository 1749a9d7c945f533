-- Who is away, when, and who looks after their people meanwhile.

create schema absence;
comment on schema absence is 'Planned absences of members and who covers for them.';
grant usage on schema absence to workwell_app;

create table absence.absence (
  area text not null,
  id uuid not null,
  member uuid not null,
  cover uuid not null,
  from_on date not null,
  until_on date not null,
  arranged_by uuid not null,
  arranged_at timestamptz not null,
  back_on date,
  back_by uuid,
  back_at timestamptz,
  version integer not null default 1,
  primary key (area, id),
  foreign key (area, member) references organisations.member (area, id),
  foreign key (area, cover) references organisations.member (area, id),
  foreign key (area, arranged_by) references organisations.member (area, id),
  foreign key (area, back_by) references organisations.member (area, id),
  check (member <> cover),
  check (until_on > from_on),
  check ((back_on is null) = (back_by is null) and (back_on is null) = (back_at is null)),
  check (back_on between from_on and until_on),
  constraint one_absence_at_a_time exclude using gist
    (area with =, member with =, daterange(from_on, coalesce(back_on, until_on)) with &&)
);
comment on table absence.absence is
  'A member is away from a day until another, the first on which they are back; meanwhile their due work is the cover''s as well. Coming back early ends it, and before it began takes it back.';
create index absence_of_cover on absence.absence (area, cover, from_on);
call platform.area_owned('absence.absence');
