-- Whoever referred finds a referral again by the name they wrote in it. What the record has learnt since is not theirs to
-- test: a name that was changed or corrected is never found by it. Referrals from before this have none.

alter table referral.referral add column person_name text;
comment on column referral.referral.person_name is
  'What the person was called in the referral of somebody else, as it was written then; null where they asked for themselves.';
