-- What the figures of a service count is kept on each onward referral, so that a year of them is read in one index.

alter table onward.referral no force row level security;
alter table onward.event no force row level security;

alter table onward.referral add column answered_on date, add column started_on date,
  add column closed boolean not null default false;
comment on column onward.referral.answered_on is 'The day on which the service answered for the first time.';
comment on column onward.referral.started_on is 'The first day on which it began, by whoever says so.';
comment on column onward.referral.closed is 'Whether the service has said how it ended: that it declines, or what came of it.';
update onward.referral set answered_on = said.answered_on, started_on = said.started_on, closed = said.closed
  from (select area, referral,
      min((at at time zone 'Europe/London')::date) filter (where witness = 'service') as answered_on,
      min(coalesce(on_day, (at at time zone 'Europe/London')::date)) filter (where kind = 'started') as started_on,
      coalesce(bool_or(witness = 'service' and kind in ('declined', 'ended')), false) as closed
    from onward.event where kind in ('accepted', 'waiting', 'declined', 'started', 'attended', 'ended')
    group by area, referral) said
  where said.area = referral.area and said.referral = referral.id;

alter table onward.referral force row level security;
alter table onward.event force row level security;

grant update (answered_on, started_on, closed) on onward.referral to workwell_app;

drop index onward.onward_event_figures;
drop index onward.onward_to_service;
create index onward_to_service on onward.referral (area, service, asked_at)
  include (id, state, answered_on, started_on, closed);
