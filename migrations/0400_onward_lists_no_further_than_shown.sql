-- Lists of those who were passed on are read in the order of an index and no further than a page, however much there is.

-- What a service was asked: what it has not answered, the longest waiting first, and after it what it has. What it declined
-- is shown for some weeks only and would stand before much of it for ever, and so has an index of its own.
drop index onward.onward_inbox;
create index onward_inbox on onward.referral
  (area, service, (state not in ('sent', 'seen', 'no-reply')), asked_at, id)
  where asked_at is not null and state in ('sent', 'seen', 'no-reply', 'accepted', 'waiting', 'started', 'attended');
create index onward_declined on onward.referral (area, service, state_at)
  where asked_at is not null and state = 'declined';

-- Who waits for a service, those who have waited longest first.
drop index onward.onward_waiting;
create index onward_waiting on onward.referral (area, asked_at) include (person, service, service_name, episode)
  where asked_at is not null and state in ('sent', 'seen', 'no-reply', 'accepted', 'waiting');

-- What the person or the team says of how it went: without it nothing that the service says can be otherwise.
create index onward_event_not_of_service on onward.event (area, referral)
  where witness in ('person', 'team') and kind in ('started', 'attended', 'ended', 'declined', 'said');

-- For whom a member is named, which is asked wherever somebody's people are read.
create index named_now on people.named_access (area, membership) where until_at is null and not opened;
