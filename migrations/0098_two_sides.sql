-- Two records that look like one person and that two organisations hold: each says for itself, and neither opens the other's.

create schema two_sides;
comment on schema two_sides is 'What each of two organisations says about a record that looks like one of the other.';
grant usage on schema two_sides to workwell_app;

create table two_sides.saying (
  area text not null,
  id uuid not null,
  pair uuid not null,
  person uuid not null,
  says text not null check (says in ('same', 'different')),
  reason text not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, pair) references likeness.pair (area, id),
  foreign key (area, person) references people.person (area, id)
);
comment on table two_sides.saying is
  'What somebody who may open one record of a pair says: one person or two. Of several about one record the newest counts; both sides together decide.';
create index saying_of_pair on two_sides.saying (area, pair, person, at desc);
call platform.area_owned('two_sides.saying', 'select, insert');
