-- A form of the public that came faster than a person fills it in: it is taken, and somebody looks at it before anything
-- is sent because of it.

alter table referral.referral add column sent_quickly boolean not null default false;
comment on column referral.referral.sent_quickly is 'Whether the form came faster than a person fills it in: the referral is held until somebody has asked the person.';
