-- What was decided about a referral, by whom and why, and where somebody was taken on to.

create schema decision;
comment on schema decision is 'Decisions about referrals: accepted, not eligible with a warm handover, or declined by the person.';
grant usage on schema decision to workwell_app;

create table decision.decision (
  area text not null,
  id uuid not null,
  referral uuid not null,
  episode uuid not null,
  decision text not null check (decision in ('accepted', 'not-eligible', 'declined')),
  answer text not null,
  findings jsonb not null,
  rule_sets uuid[] not null default '{}',
  reason text,
  by uuid not null,
  at timestamptz not null,
  step uuid not null,
  primary key (area, id),
  foreign key (area, referral) references referral.referral (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table decision.decision is
  'What a person decided about a referral, beside what the rules answered then, and which rules were in force. A decision against the answer has a reason.';
create index decision_of_referral on decision.decision (area, referral);
create index decision_of_episode on decision.decision (area, episode);
call platform.area_owned('decision.decision', 'select, insert');

create table decision.handover (
  area text not null,
  decision uuid not null,
  where_to text not null,
  told_by uuid not null,
  told_how text not null,
  told_on date not null,
  primary key (area, decision),
  foreign key (area, decision) references decision.decision (area, id),
  foreign key (area, told_by) references organisations.member (area, id)
);
comment on table decision.handover is 'Where somebody who is not eligible here was helped on to, who told them, how and when. Nobody is turned away without one.';
call platform.area_owned('decision.handover', 'select, insert');

create table decision.withdrawal (
  area text not null,
  decision uuid not null,
  reason text not null,
  by uuid not null,
  at timestamptz not null,
  step uuid not null,
  primary key (area, decision),
  foreign key (area, decision) references decision.decision (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table decision.withdrawal is 'That a decision was taken back, before anything else had happened.';
call platform.area_owned('decision.withdrawal', 'select, insert');
