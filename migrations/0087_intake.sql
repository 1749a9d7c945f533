-- Somebody saw the trial of a parcel and said that it is to be brought in.

create schema intake;
comment on schema intake is 'Bringing a parcel in after its trial, and how far that has come.';
grant usage on schema intake to workwell_app;

create table intake.intake (
  area text not null,
  batch uuid not null,
  parcel uuid not null,
  trial uuid not null,
  begun_by uuid not null,
  begun_at timestamptz not null,
  part integer not null default 0,
  moved_at timestamptz not null,
  primary key (area, parcel),
  foreign key (area, batch) references batch.batch (area, id),
  foreign key (area, parcel) references parcel.parcel (area, id),
  foreign key (area, trial) references trial.trial (area, id),
  foreign key (area, begun_by) references organisations.member (area, id)
);
comment on table intake.intake is
  'That a parcel is brought in, and as which batch. Part is the next part of its files that is dealt with.';
create index intake_of_batch on intake.intake (area, batch);
call platform.area_owned('intake.intake');
