-- A short link that a practice or another organisation hands over or sends by text: whoever comes by it refers themselves.
-- What is counted is how often the form was begun and sent. docs/decisions/0034-asked-and-free-to-say-no.md has the reasons.

create schema handed_link;
comment on schema handed_link is 'Short links that an organisation hands to people, so that they refer themselves.';
grant usage on schema handed_link to workwell_app;

create table handed_link.link (
  area text not null references areas.area (area),
  id uuid not null,
  code text not null check (code ~ '^[34679CDFGHJKMNPQRTVWXY]{6}$'),
  organisation uuid not null,
  made_at timestamptz not null,
  made_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (area, id),
  unique (area, code),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, made_by) references organisations.member (area, id),
  foreign key (area, ended_by) references organisations.member (area, id),
  check ((ended_at is null) = (ended_by is null))
);
comment on table handed_link.link is
  'A link that an organisation hands over. One at a time works for each; one that has ended is never used for another.';
comment on column handed_link.link.code is 'What stands in its address: letters and digits that are not mistaken for each other.';
create unique index link_in_use on handed_link.link (area, organisation) where ended_at is null;
call platform.area_owned('handed_link.link', 'select, insert, update');

create table handed_link.started (
  area text not null,
  link uuid not null,
  on_day date not null,
  times integer not null check (times >= 0),
  primary key (area, link, on_day),
  foreign key (area, link) references handed_link.link (area, id)
);
comment on table handed_link.started is
  'How often somebody began the form by a link on one day. Nothing of who they were: a browser counts once on a day.';
call platform.area_owned('handed_link.started', 'select, insert, update');

alter table referral.referral add column by_link uuid;
alter table referral.referral add constraint referral_by_link
  foreign key (area, by_link) references handed_link.link (area, id);
comment on column referral.referral.by_link is
  'The link by which somebody who refers themselves came. Whoever handed it over is told nothing of it.';
create index referral_by_link on referral.referral (area, by_link) where by_link is not null;
