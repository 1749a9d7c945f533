-- Whoever referred somebody may take their referral back. It ends nothing that the person said yes to: the team asks them.

create schema withdrawal;
comment on schema withdrawal is 'That whoever referred somebody takes the referral back.';
grant usage on schema withdrawal to workwell_app;

create table withdrawal.withdrawal (
  area text not null,
  referral uuid not null,
  note text,
  by_member uuid,
  at timestamptz not null,
  read_by uuid,
  read_at timestamptz,
  primary key (area, referral),
  foreign key (area, referral) references referral.referral (area, id),
  foreign key (area, by_member) references organisations.member (area, id),
  foreign key (area, read_by) references organisations.member (area, id),
  constraint withdrawal_read_whole check ((read_by is null) = (read_at is null))
);
comment on table withdrawal.withdrawal is
  'That whoever referred takes the referral back, through their link or with their account, and since when the team knows.';
create index withdrawal_unread on withdrawal.withdrawal (area, referral) where read_at is null;
call platform.area_owned('withdrawal.withdrawal');
