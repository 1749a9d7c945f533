-- What a service declined is found, put in order and shown no further than a page without reading the rows themselves.

drop index onward.onward_declined;
create index onward_declined on onward.referral (area, service, state_at) include (asked_at, id)
  where asked_at is not null and state = 'declined';
