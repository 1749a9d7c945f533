-- What whoever referred somebody has been told since: once for each thing, however often it happens.

create schema feedback;
comment on schema feedback is 'What whoever referred hears afterwards, as far as the person allows it.';
grant usage on schema feedback to workwell_app;

create table feedback.told (
  area text not null,
  referral uuid not null,
  news text not null check (news in ('accepted', 'started', 'ended')),
  message uuid not null,
  told_at timestamptz not null,
  primary key (area, referral, news),
  foreign key (area, referral) references referral.referral (area, id)
);
comment on table feedback.told is
  'That whoever made a referral was written to because support was accepted, started or ended, and with which message of the outbox.';
call platform.area_owned('feedback.told', 'select, insert');
