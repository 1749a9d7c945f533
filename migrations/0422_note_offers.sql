-- The offer of WorkWell beside a second or a long fit note, in the records systems of practices (CDS Hooks 2.0).
-- docs/decisions/0033-fit-note-door.md has the reasons.

create schema note_offers;
comment on schema note_offers is
  'Offers of WorkWell that records systems of practices show beside a fit note. Nothing of a patient is kept.';
grant usage on schema note_offers to workwell_app;

create table note_offers.switch (
  area text not null references areas.area (area),
  id uuid not null,
  is_on boolean not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table note_offers.switch is
  'Whether records systems are answered with offers. The newest row holds; without one they are not.';
call platform.area_owned('note_offers.switch', 'select, insert');

create table note_offers.card (
  area text not null references areas.area (area),
  id uuid not null,
  organisation uuid not null,
  client uuid not null,
  why text not null check (why in ('second', 'long')),
  given_on date not null,
  outcome text check (outcome in ('accepted', 'overridden')),
  reason text check (length(reason) between 1 and 40),
  told_at timestamptz,
  primary key (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, client) references clients.client (area, id),
  check (outcome is not null or (reason is null and told_at is null))
);
comment on table note_offers.card is
  'An offer that was shown, by a number made for it alone, and what the practice said became of it. Of whom it was about nothing is known here.';
create index card_given on note_offers.card (area, given_on);
call platform.area_owned('note_offers.card', 'select, insert, update');
