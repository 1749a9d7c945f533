-- A score that was typed in wrongly from paper is taken back: it stays readable, and counts nowhere.

create table questionnaires.withdrawal (
  area text not null,
  answer uuid not null,
  reason text not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, answer),
  foreign key (area, answer) references questionnaires.answer (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table questionnaires.withdrawal is
  'A score from paper was taken back, and why. The answer stays readable and is in no trend, count or copy for others.';
call platform.area_owned('questionnaires.withdrawal', 'select, insert');
