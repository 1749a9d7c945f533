-- Services are searched by many things at once. What they are narrowed down by is one number of bits (src/registers/marks
-- names them, in an order that never changes), which stands in every index beside what is looked up: a filter is one
-- comparison while the index is read, and the wide rows are read for the few that are shown.

alter table services.service add column name_key text generated always as (lower(name)) stored;
alter table services.service add column marks bigint not null default 0;
alter table services.service add column hours bit(168) not null default repeat('0', 168)::bit(168);
comment on column services.service.marks is 'What it is narrowed down by, a bit each in the order of src/registers/marks: kinds, cost, room, work, access, wait, languages.';
comment on column services.service.hours is 'In which hours of the week, from Monday midnight, it is open for at least a part of each.';

alter table services.word add column marks bigint not null default 0;

create table services.near (
  area text not null,
  cell integer not null,
  service uuid not null,
  location uuid not null,
  latitude double precision not null,
  longitude double precision not null,
  marks bigint not null,
  primary key (area, cell, service, location) include (latitude, longitude, marks),
  foreign key (area, service) references services.service (area, id),
  foreign key (area, location) references services.location (area, id)
);
comment on table services.near is 'In which square of the map, a twentieth of a degree high and two twenty-fifths wide, a service is given: what is near is found by the squares around a place.';
create index near_of_service on services.near (area, service);
call platform.area_owned('services.near', 'select, insert, delete');

create table services.spelling (
  area text not null references areas.area (area),
  key text collate "C" not null,
  word text collate "C" not null,
  primary key (area, key, word)
);
comment on table services.spelling is 'Each word of the directory under itself and under what is left of it without one of its letters, so that a word with a letter too many, too few, wrong or in another place is found by equality.';
call platform.area_owned('services.spelling', 'select, insert, delete');

alter table services.service no force row level security;
alter table services.service_term no force row level security;
alter table services.at_location no force row level security;
alter table services.location no force row level security;
alter table services.opening no force row level security;
alter table services.word no force row level security;
alter table services.near no force row level security;
alter table services.spelling no force row level security;

update services.service set marks =
  coalesce((select bit_or(1::bigint << (array_position(array['215b4eb7-f9c0-5db0-857e-727b6970a3e7',
      '4226e6f6-43b3-5558-a9c3-d477379c2bbc', '8a99554d-28bf-5410-a68e-c41c35a4f384', '2b5cbc3b-6b37-53ad-af77-f704f0976455',
      '8ea8fbdb-f0ef-5d03-86a3-495b8c29fd23', 'b7962e51-d059-5076-9b30-5e02f35351cb', 'c3a7f1bc-cfa8-5cff-9cb2-67a99998a105',
      'ea79430c-39f5-5479-b23c-c489326f5250']::uuid[], of.term) - 1))
    from services.service_term as of where of.area = service.area and of.service = service.id
      and array_position(array['215b4eb7-f9c0-5db0-857e-727b6970a3e7', '4226e6f6-43b3-5558-a9c3-d477379c2bbc',
      '8a99554d-28bf-5410-a68e-c41c35a4f384', '2b5cbc3b-6b37-53ad-af77-f704f0976455', '8ea8fbdb-f0ef-5d03-86a3-495b8c29fd23',
      'b7962e51-d059-5076-9b30-5e02f35351cb', 'c3a7f1bc-cfa8-5cff-9cb2-67a99998a105', 'ea79430c-39f5-5479-b23c-c489326f5250']::uuid[],
      of.term) is not null), 0)
  | case document ->> 'cost' when 'free' then (3::bigint << 8) when 'some' then (1::bigint << 9) else 0 end
  | case when located then 0 else 1::bigint << 10 end
  | case when coalesce(valid_from, valid_until, paused_from, paused_until) is null then 0 else 1::bigint << 11 end
  | case capacity when 'places' then 1::bigint << 12 when 'few' then 1::bigint << 13 when 'full' then 1::bigint << 14 else 0 end
  | case when jsonb_array_length(document -> 'work') = 0 then 7::bigint << 15
      else case when document -> 'work' ? 'in-work' then 1::bigint << 15 else 0 end
        | case when document -> 'work' ? 'off-sick' then 1::bigint << 16 else 0 end
        | case when document -> 'work' ? 'out-of-work' then 1::bigint << 17 else 0 end end
  | coalesce((select bit_or(1::bigint << (17 + array_position(array['step-free', 'lift', 'toilet', 'parking', 'loop', 'quiet', 'home'], access)))
      from services.at_location as at join services.location on location.area = at.area and location.id = at.location
      cross join lateral jsonb_array_elements_text(location.document -> 'access') as access
      where at.area = service.area and at.service = service.id
        and access in ('step-free', 'lift', 'toilet', 'parking', 'loop', 'quiet', 'home')), 0)
  | case when wait_weeks <= 2 then 1::bigint << 25 else 0 end
  | case when wait_weeks <= 4 then 1::bigint << 26 else 0 end
  | case when wait_weeks <= 13 then 1::bigint << 27 else 0 end
  | coalesce((select bit_or(1::bigint << (27 + array_position(array['albanian', 'amharic', 'arabic', 'bengali', 'bsl', 'bulgarian',
      'cantonese', 'dari', 'farsi', 'french', 'gujarati', 'hindi', 'hungarian', 'kurdish', 'lithuanian', 'mandarin', 'pashto',
      'polish', 'portuguese', 'punjabi', 'romanian', 'somali', 'spanish', 'tamil', 'tigrinya', 'turkish', 'ukrainian', 'urdu',
      'vietnamese', 'welsh'], lower(trim(language)))))
      from jsonb_array_elements_text(document -> 'languages') as language
      where lower(trim(language)) = any (array['albanian', 'amharic', 'arabic', 'bengali', 'bsl', 'bulgarian',
      'cantonese', 'dari', 'farsi', 'french', 'gujarati', 'hindi', 'hungarian', 'kurdish', 'lithuanian', 'mandarin', 'pashto',
      'polish', 'portuguese', 'punjabi', 'romanian', 'somali', 'spanish', 'tamil', 'tigrinya', 'turkish', 'ukrainian', 'urdu',
      'vietnamese', 'welsh'])), 0),
  hours = coalesce((select bit_or(set_bit(repeat('0', 168)::bit(168), (((opening.day - 1) * 24 + hour) % 168)::integer, 1))
    from services.opening cross join lateral generate_series(extract(hour from opens)::integer,
      (ceil(extract(epoch from closes) / 3600)
        + case when closes <= opens then 24 else 0 end)::integer - 1) as hour
    where opening.area = service.area and opening.service = service.id), repeat('0', 168)::bit(168));

update services.word set marks = service.marks from services.service
  where service.area = word.area and service.id = word.service;

insert into services.near (area, cell, service, location, latitude, longitude, marks)
  select at.area, floor(latitude * 20)::integer * 10000 + floor((longitude + 10) * 12.5)::integer, at.service, location.id,
    latitude, longitude, service.marks
  from services.at_location as at
  join services.location on location.area = at.area and location.id = at.location
  join services.service on service.area = at.area and service.id = at.service
  where latitude is not null and longitude is not null;

insert into services.spelling (area, key, word)
  select area, key, word from (select distinct area, lower(found[1]) as word from services.service
    cross join lateral regexp_matches(concat_ws(' ', name, also, summary), '[[:alpha:]]{4,}', 'g') as found) as known
  cross join lateral (select word as key
    union select left(word, place - 1) || substr(word, place + 1) from generate_series(1, length(word)) as place) as keys;

alter table services.service force row level security;
alter table services.service_term force row level security;
alter table services.at_location force row level security;
alter table services.location force row level security;
alter table services.opening force row level security;
alter table services.word force row level security;
alter table services.near force row level security;
alter table services.spelling force row level security;

alter table services.word alter column marks drop default;
alter table services.word drop constraint word_pkey;
alter table services.word add primary key (area, word, service) include (weight, marks);

drop index services.service_by_name;
create index service_by_name on services.service (area, name_key, id)
  include (marks, hours, published, valid_from, valid_until, paused_from, paused_until);
create index service_remote on services.service (area, name_key, id)
  include (marks, hours, published, valid_from, valid_until, paused_from, paused_until) where not located;
create index service_by_wait on services.service (area, wait_weeks, name_key, id)
  include (marks, hours, published, valid_from, valid_until, paused_from, paused_until);

-- Towns by the beginning of their names, in the order of their bytes, as row-level security lets an index be used.
drop index services.location_by_town;
create index location_by_town on services.location (area, (lower(town) collate "C"));

-- The postcode directory says where on the map a postcode is; it is kept from the next time that it is imported.
alter table places.postcode add column latitude real check (latitude between -90 and 90);
alter table places.postcode add column longitude real check (longitude between -180 and 180);
comment on column places.postcode.latitude is 'In degrees (WGS 84), as the longitude; null where the directory does not say it.';

create schema meaning;
comment on schema meaning is 'What words mean to whoever looks for a service.';
grant usage on schema meaning to workwell_app;

create table meaning.same_words (
  area text not null references areas.area (area),
  id uuid not null,
  words text[] not null check (cardinality(words) between 2 and 20),
  by uuid not null,
  at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  primary key (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, ended_by) references organisations.member (area, id),
  constraint ended_whole check ((ended_by is null) = (ended_at is null))
);
comment on table meaning.same_words is 'Words and phrases that mean the same to whoever looks for a service, as an area adds them to those that come with the product.';
call platform.area_owned('meaning.same_words');
