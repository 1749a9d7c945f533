-- What had to be asked so that the area's rules could be applied to somebody.

create schema screening;
comment on schema screening is 'Answers that the rules of an area need.';
grant usage on schema screening to workwell_app;

create table screening.answer (
  area text not null,
  id uuid not null,
  question text not null,
  referral uuid not null,
  answer text not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  primary key (area, id, question),
  foreign key (area, referral) references referral.referral (area, id),
  foreign key (area, asked_by) references organisations.member (area, id)
);
comment on table screening.answer is 'What somebody said when they were asked what the rules need to know. The newest answer to a question counts.';
create index answer_of_referral on screening.answer (area, referral, id);
call platform.area_owned('screening.answer', 'select, insert');
