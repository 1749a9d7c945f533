-- Referrals that other systems send by the Booking and Referral Standard: which messages came, and what each request became.
-- docs/decisions/0026-bars.md has the reasons.

create schema receiver;
comment on schema receiver is 'What other systems sent by the Booking and Referral Standard.';
grant usage on schema receiver to workwell_app;

create table receiver.request (
  area text not null references areas.area (area),
  id uuid not null,
  sender text not null,
  bundle text not null,
  referral uuid not null,
  use_case text not null,
  status text not null check (status in ('active', 'revoked', 'entered-in-error')),
  authored_at timestamptz not null,
  updated_at timestamptz not null,
  nhs_number_verified boolean not null,
  primary key (area, id),
  unique (area, sender, bundle),
  foreign key (area, referral) references referral.reference (area, referral)
);
comment on table receiver.request is
  'A ServiceRequest of another system, as its sender may read it back: only what the sender said and did about it themselves.';
comment on column receiver.request.sender is 'The code of the organisation that sent it (ODS).';
comment on column receiver.request.bundle is 'The id of the message that brought it, which every later message about it carries.';
comment on column receiver.request.nhs_number_verified is 'Whether the sender had verified the NHS number, so that it is found by it.';
create index request_of_referral on receiver.request (area, referral);
call platform.area_owned('receiver.request');

create table receiver.message (
  area text not null,
  request_id uuid not null,
  correlation_id uuid not null,
  sender text not null,
  bundle text not null,
  request uuid not null,
  kind text not null check (kind in ('referral', 'cancellation')),
  digest bytea not null,
  given_ids jsonb not null,
  at timestamptz not null,
  primary key (area, request_id),
  foreign key (area, request) references receiver.request (area, id)
);
comment on table receiver.message is
  'A message that was taken. Sent again with the same ids and the same words it is answered as before; nothing of its words is kept here.';
comment on column receiver.message.given_ids is 'The ids that the service gave the resources of the message, by their address in it.';
create index message_of_request on receiver.message (area, request, at);
call platform.area_owned('receiver.message', 'select, insert');
