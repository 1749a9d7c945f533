-- A local service of the directory refers somebody in: the referral keeps which one it was, by its id and not by a typed name.

alter table referral.referral add column from_listing uuid;
alter table referral.referral add constraint referral_from_listing
  foreign key (area, from_listing) references services.service (area, id);
comment on column referral.referral.from_listing is
  'The service of the directory that whoever referred works for, where they came by its entry or from its inbox.';
create index referral_from_listing on referral.referral (area, from_listing) where from_listing is not null;
