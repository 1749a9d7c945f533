-- Files that somebody sent by the page, kept row by row in parts of some hundred rows until they are put away: so a job
-- finds the part it deals with, and nothing of it lies on a disk of its own.

create schema parcel;
comment on schema parcel is 'Files that somebody sent by the page to bring in what stands in them.';
grant usage on schema parcel to workwell_app;

create table parcel.parcel (
  area text not null references areas.area (area),
  id uuid not null,
  kind text not null check (kind in ('referrals', 'episodes')),
  source text not null,
  organisation uuid not null,
  sent_by uuid not null,
  sent_at timestamptz not null,
  emptied_at timestamptz,
  primary key (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, sent_by) references organisations.member (area, id)
);
comment on table parcel.parcel is
  'What somebody sent together: one file, or the files of a set. Source is the system whose references stand in it. Emptied says when its rows were deleted.';
create index parcel_of_organisation on parcel.parcel (area, organisation, id);
call platform.area_owned('parcel.parcel');

create table parcel.sheet (
  area text not null,
  parcel uuid not null,
  sheet text not null,
  name text not null,
  digest text not null,
  headings text[] not null,
  rows integer not null check (rows > 0),
  primary key (area, parcel, sheet),
  foreign key (area, parcel) references parcel.parcel (area, id)
);
comment on table parcel.sheet is 'One file of a parcel: what it was called, a digest that knows it again, and its headings.';
create index sheet_of_digest on parcel.sheet (area, digest);
call platform.area_owned('parcel.sheet', 'select, insert');

create table parcel.part (
  area text not null,
  parcel uuid not null,
  sheet text not null,
  part integer not null,
  lines json not null,
  primary key (area, parcel, sheet, part),
  foreign key (area, parcel, sheet) references parcel.sheet (area, parcel, sheet)
);
comment on table parcel.part is 'Some hundred rows of a file as they came, with their numbers; deleted when the parcel is emptied.';
call platform.area_owned('parcel.part', 'select, insert, delete');
