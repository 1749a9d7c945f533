-- An organisation with accounts finds the referrals that were made from the addresses of its members.

create index referral_by_email on referral.referral (area, lower(referrer_email), received_at desc) where referrer_email is not null;
