-- Finding people by what they are called, changing who they are part by part, and naming who may open a restricted record.

create extension if not exists unaccent with schema public;

create function people.words_of(given text) returns text[] language sql stable parallel safe as $$
  select coalesce(array_agg(distinct word), '{}')
  from regexp_split_to_table(translate(lower(public.unaccent(given)), '''’`', ''), '[\s\-.,;/()]+') as word
  where word <> ''
$$;
comment on function people.words_of is 'The words of a name as they are looked for: lower case, without accents and apostrophes, parted at hyphens.';

-- A pattern (like '%…%') is no leakproof comparison, so under row-level security PostgreSQL uses no trigram index for it
-- and reads every person of the area. Words that begin as somebody typed (^@ is leakproof) are found by a plain index.
create table people.name_word (
  area text not null,
  word text collate "C" not null,
  person uuid not null,
  primary key (area, word, person),
  foreign key (area, person) references people.person (area, id)
);
comment on table people.name_word is 'Each word of what a person is or likes to be called, kept by who writes the names: how people are found.';
create index name_word_of_person on people.name_word (area, person);
call platform.area_owned('people.name_word', 'select, insert, delete');

do $$
declare
  one text;
begin
  for one in select area from areas.area loop
    perform set_config('app.area', one, true);
    insert into people.name_word (area, person, word)
    select area, id, unnest(people.words_of(concat_ws(' ', given_name, family_name, preferred_name)))
    from people.person where area = one;
  end loop;
end $$;

drop index people.person_by_name;
alter table people.person drop column name_key;

alter table people.person
  add column names_version integer not null default 1,
  add column home_version integer not null default 1,
  add column language_version integer not null default 1,
  add column access_version integer not null default 1,
  add column safety_version integer not null default 1;
comment on column people.person.names_version is 'Each part of the record has the version its reader saw, so that two people may change two parts at once.';
alter table people.means add column version integer not null default 1;

alter table people.named_access
  add column opened boolean not null default false,
  add column note text;
comment on column people.named_access.opened is 'Nobody named this member: they opened the record themselves with a reason, for a day, and the managers are told.';
create index opened_records on people.named_access (area, from_at) where opened;
create index merged_into on people.person (area, merged_into) where merged_into is not null;
