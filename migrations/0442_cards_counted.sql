-- Offers beside a fit note are counted by month once they are old, and their cards deleted.

create table note_offers.counted (
  area text not null references areas.area (area),
  organisation uuid not null,
  month date not null check (extract(day from month) = 1),
  why text not null check (why in ('second', 'long')),
  outcome text not null check (outcome in ('accepted', 'overridden', 'none')),
  reason text not null default '',
  cards integer not null check (cards > 0),
  primary key (area, organisation, month, why, outcome, reason),
  foreign key (area, organisation) references organisations.organisation (area, id)
);
comment on table note_offers.counted is
  'How many offers of a month a practice was shown and what became of them, once their cards are deleted. A number alone.';
create index counted_by_month on note_offers.counted (area, month);
call platform.area_owned('note_offers.counted', 'select, insert, update');

grant delete on note_offers.card to workwell_app;
comment on table note_offers.card is
  'An offer that was shown, by a number made for it alone, and what the practice said became of it; counted by month and deleted after 90 days. Of whom it was about nothing is known here.';
