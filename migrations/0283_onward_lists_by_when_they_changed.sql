-- Lists of everybody who was passed on are read newest first and no further than they are shown, also of one state or of
-- one service; who waits for which service is counted in an index.

create index onward_by_change on onward.referral (area, state_at desc, id);
create index onward_by_state on onward.referral (area, state, state_at desc, id);
create index onward_of_service on onward.referral (area, service, state_at desc, id);
create index onward_waiting on onward.referral (area, service) include (asked_at, person, service_name, episode)
  where asked_at is not null and state in ('sent', 'seen', 'no-reply', 'accepted', 'waiting');
create index onward_silent on onward.referral (area, episode) include (id, state_at) where state = 'no-reply';
-- What a service was sent within some days, of which its figures are made.
drop index onward.onward_to_service;
create index onward_to_service on onward.referral (area, service, asked_at) include (id, state);
create index onward_event_figures on onward.event (area, referral) include (kind, witness, at, on_day)
  where kind in ('accepted', 'waiting', 'declined', 'started', 'attended', 'ended');
