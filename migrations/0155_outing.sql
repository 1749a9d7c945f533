-- A member goes to meet somebody alone and says when they are back; whoever is on duty is told when they are not.

create schema outing;
comment on schema outing is 'Visits and meetings of members who are alone: where, with whom, back by when.';
grant usage on schema outing to workwell_app;

create table outing.outing (
  area text not null,
  id uuid not null,
  organisation uuid not null,
  member uuid not null,
  person uuid,
  place text not null,
  with_whom text,
  phone text,
  leaves_at timestamptz not null,
  back_by timestamptz not null,
  said_at timestamptz not null,
  primary key (area, id),
  foreign key (area, organisation) references organisations.organisation (area, id),
  foreign key (area, member) references organisations.member (area, id),
  foreign key (area, person) references people.person (area, id),
  check (back_by > leaves_at)
);
comment on table outing.outing is 'That a member goes somewhere alone, as they said it before they went.';
create index outing_of_organisation on outing.outing (area, organisation, back_by);
call platform.area_owned('outing.outing', 'select, insert');

create table outing.word (
  area text not null,
  id uuid not null,
  outing uuid not null,
  kind text not null check (kind in ('back', 'later', 'called-off')),
  back_by timestamptz,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, outing) references outing.outing (area, id),
  foreign key (area, by) references organisations.member (area, id),
  check ((kind = 'later') = (back_by is not null))
);
comment on table outing.word is 'What was heard of a member who is out: back, back later, or not gone after all. The newest holds.';
create index word_of_outing on outing.word (area, outing, id);
call platform.area_owned('outing.word', 'select, insert');
