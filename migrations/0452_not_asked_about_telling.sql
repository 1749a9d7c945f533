-- Somebody who was not asked whether whoever referred them may be told has said neither yes nor no.

alter table referral.answer alter column feedback_agreed drop not null;
comment on column referral.answer.feedback_agreed is
  'Whether whoever referred may be told, as the person said; null where they were not asked.';
