-- Where people live and who runs health there: national reference facts, dated, the same for every area.
-- No table here has an area; the application may only read, and the owner loads them from data/ and from the publishers' files.

-- For "one board has one code at a time": an equality and a span in the same exclusion constraint.
create extension if not exists btree_gist;

create schema places;
comment on schema places is 'Boards, councils, practices and postcodes, with the day from which and the day until which each holds.';
grant usage on schema places to workwell_app;

create table places.region (
  code text primary key check (code ~ '^Y[0-9]{2}$'),
  ons text not null unique check (ons ~ '^E40[0-9]{6}$'),
  name text not null unique
);
comment on table places.region is 'One of the seven NHS regions of England. An award round wants at least one area in each.';

create table places.board (
  code text primary key check (code ~ '^[A-Z0-9]{3,5}$'),
  name text not null,
  short_name text not null,
  region text not null references places.region (code),
  from_on date not null,
  until_on date,
  check (until_on > from_on)
);
comment on table places.board is
  'An Integrated Care Board, known by its ODS code, from its first day until the day it is no more (null: no end is known).';

create table places.board_code (
  ons text primary key check (ons ~ '^E54[0-9]{6}$'),
  board text not null references places.board (code),
  from_on date not null,
  until_on date,
  check (until_on > from_on),
  constraint one_code_at_a_time exclude using gist (board with =, daterange(from_on, until_on) with &&)
);
comment on table places.board_code is
  'The ONS code under which a board is published. It changes when the board''s edge moves; the board stays the same.';

create table places.board_succession (
  board text not null references places.board (code),
  successor text not null references places.board (code),
  happened_on date not null,
  residents integer not null check (residents > 0),
  small_areas integer not null check (small_areas > 0),
  share double precision not null check (share > 0 and share <= 1),
  primary key (board, successor),
  check (board <> successor)
);
comment on table places.board_succession is
  'Which board took over the people of one that ended, and what share of its residents (Census 2021). Frimley has three rows.';

create table places.council (
  code text primary key check (code ~ '^E(06|07|08|09|10)[0-9]{6}$'),
  name text not null,
  kind text not null check (kind in ('unitary', 'district', 'metropolitan-district', 'london-borough', 'county')),
  county text references places.council (code),
  residents integer not null,
  from_on date not null,
  until_on date,
  check (until_on > from_on),
  check ((county is not null) = (kind = 'district'))
);
comment on table places.council is
  'A district or unitary council, or the county above districts. The code is the first ONS code it had in this register.';
create index council_by_name on places.council (lower(name));

create table places.council_code (
  ons text primary key check (ons ~ '^E(06|07|08|09|10)[0-9]{6}$'),
  council text not null references places.council (code),
  from_on date not null,
  until_on date,
  check (until_on > from_on),
  constraint one_council_code_at_a_time exclude using gist (council with =, daterange(from_on, until_on) with &&)
);
comment on table places.council_code is 'The ONS code under which a council is published (Barnsley and Sheffield changed theirs in 2025).';

create table places.council_board (
  council text not null references places.council (code),
  board text not null references places.board (code),
  from_on date not null,
  until_on date,
  residents integer not null check (residents > 0),
  small_areas integer not null check (small_areas > 0),
  share double precision not null check (share > 0 and share <= 1),
  primary key (council, board, from_on),
  check (until_on > from_on),
  constraint one_overlap_at_a_time exclude using gist
    (council with =, board with =, daterange(from_on, until_on) with &&)
);
comment on table places.council_board is
  'How much of a council lies in a board, by residents and by small areas (LSOA 2021). A council is never assumed to lie in one.';
create index council_board_of_board on places.council_board (board, council);

create table places.vanguard (
  board text primary key references places.board (code),
  fit_notes_2023 integer not null check (fit_notes_2023 > 0),
  fit_notes_source text not null,
  participants integer check (participants > 0),
  participants_note text,
  participants_source text,
  award_gbp integer check (award_gbp > 0),
  award_note text,
  award_source text,
  check ((participants is null) = (participants_source is null)),
  check ((award_gbp is null) = (award_source is null))
);
comment on table places.vanguard is
  'One of the fifteen boards chosen in 2024. Empty participants or award means not published, never nought.';

create table places.programme_figure (
  code text primary key,
  what text not null,
  qualifier text,
  value bigint not null,
  unit text not null check (unit in ('people', 'pounds', 'notes')),
  said_on date,
  board text references places.board (code),
  source text not null
);
comment on table places.programme_figure is
  'A number that was said about the programme, when and by whom. Targets were re-said: earlier rows stay.';

create table places.bank_holiday (
  day date primary key,
  name text not null
);
comment on table places.bank_holiday is 'A bank holiday in England and Wales: not a working day in any clock of the service.';

create table places.gp_practice (
  code text primary key check (code ~ '^[A-Z0-9]{3,6}$'),
  name text not null,
  postcode text check (postcode ~ '^[A-Z0-9]{5,7}$'),
  board text references places.board (code),
  opened_on date,
  closed_on date
);
comment on table places.gp_practice is
  'A GP practice from the NHS ODS file. Empty until that file is imported; then practices are chosen by name, else typed.';
create index gp_practice_by_name on places.gp_practice (lower(name) text_pattern_ops);
create index gp_practice_of_board on places.gp_practice (board, code);

create table places.postcode (
  code text primary key check (code ~ '^[A-Z0-9]{5,7}$'),
  outward text not null generated always as (substr(code, 1, length(code) - 3)) stored,
  country text not null check (country in ('England', 'Wales', 'Scotland', 'Northern Ireland', 'Elsewhere')),
  council text references places.council (code),
  board_ons text references places.board_code (ons),
  small_area text,
  introduced_on date,
  ended_on date
);
comment on table places.postcode is
  'A postcode (written without its space) from the ONS directory. Empty until that file is imported: the council is asked. The board stands under the code of the directory''s own time.';
create index postcode_by_outward on places.postcode (outward) include (country, council, board_ons) where ended_on is null;

create table places.loading (
  what text primary key check (what in ('places', 'postcodes', 'practices')),
  stamp text not null,
  source text not null,
  taken integer not null,
  refused integer not null,
  loaded_at timestamptz not null default now()
);
comment on table places.loading is
  'What was last loaded and from which file. The stamp of our own files lets a start with nothing new cost one look.';

grant select on all tables in schema places to workwell_app;
