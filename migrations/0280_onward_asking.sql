-- People who were passed on to a service are asked whether they got help, once for each moment.

create unique index onward_asked_once on onward.event (area, referral, reason) where kind = 'asked';
create index onward_to_ask on onward.referral (area, state_at) where state in ('told', 'accepted', 'started');
