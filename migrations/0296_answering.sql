-- A local service may answer in an inbox of its own: for which services an organisation answers, and that it finds no others.

create schema answering;
comment on schema answering is 'Which organisation answers for which service of the directory in an inbox of its own.';
grant usage on schema answering to workwell_app;

create table answering.answering (
  area text not null,
  id uuid not null,
  service uuid not null,
  organisation uuid not null,
  sent_since timestamptz,
  at timestamptz not null,
  by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (area, id),
  foreign key (area, service) references services.service (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, ended_by) references organisations.member (area, id),
  constraint answering_ended check ((ended_at is null) = (ended_by is null))
);
comment on table answering.answering is
  'That an organisation answers for a service, from a moment and until another: its people find what was sent to it.';
comment on column answering.answering.sent_since is
  'Where another organisation answered before: only what was sent since is found, because the rest was meant for the other.';
create unique index answering_now on answering.answering (area, service) where ended_at is null;
create index answering_of_service on answering.answering (area, service, at);
create index answering_of_organisation on answering.answering (area, organisation) where ended_at is null;
create index answering_by on answering.answering (area, by);
create index answering_ended_by on answering.answering (area, ended_by) where ended_by is not null;
call platform.area_owned('answering.answering', 'select, insert');
grant update (ended_at, ended_by) on answering.answering to workwell_app;

-- Where a transaction is that of a local service, it finds what was sent to its own services, and nothing of any other.
alter policy own_area on onward.referral using (
  area = nullif(current_setting('app.area', true), '')
  and (nullif(current_setting('app.answering', true), '') is null
    or (asked_at is not null and exists (
      select from answering.answering theirs
      where theirs.area = referral.area and theirs.service = referral.service and theirs.ended_at is null
        and theirs.organisation = nullif(current_setting('app.answering', true), '')::uuid
        and (theirs.sent_since is null or referral.asked_at > theirs.sent_since)))));
alter policy own_area on onward.event using (
  area = nullif(current_setting('app.area', true), '')
  and (nullif(current_setting('app.answering', true), '') is null
    or exists (select from onward.referral theirs where theirs.area = event.area and theirs.id = event.referral)));

-- What a service has not answered, the longest waiting first, and after it what it has.
create index onward_inbox on onward.referral
  (area, service, (state not in ('sent', 'seen', 'no-reply')), asked_at, id)
  where asked_at is not null
    and state in ('sent', 'seen', 'no-reply', 'accepted', 'declined', 'waiting', 'started', 'attended');
