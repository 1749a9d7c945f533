-- What an organisation has referred is found by the addresses its members refer from. lower() is not leakproof, so under
-- row-level security no index over it is used, and every such page read all referrals of the area. A plain comparison is.

alter table referral.referral add column referrer_key text generated always as (lower(referrer_email)) stored;
comment on column referral.referral.referrer_key is
  'The address of whoever referred in small letters, by which what an organisation has referred is found.';

drop index referral.referral_by_email;
create index referral_by_referrer on referral.referral (area, referrer_key, received_at desc) where referrer_key is not null;
