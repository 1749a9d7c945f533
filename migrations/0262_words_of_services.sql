-- Services are searched by their words. Row-level security lets the database look into an index only by comparisons that
-- are known to tell nothing (equal, before, after), which the search of a text vector is not: its index was never used.
-- So each stem of a service's words is a row, looked up as the beginning of a word in the order of its bytes.

create table services.word (
  area text not null,
  word text collate "C" not null,
  service uuid not null,
  weight smallint not null check (weight between 1 and 3),
  primary key (area, word, service) include (weight)
);
comment on table services.word is 'The stems of the words by which a service is found. The name weighs 3, other words for it, owner, kinds and towns 2, the text 1.';
create index word_of_service on services.word (area, service);

alter table services.service no force row level security;
insert into services.word (area, word, service, weight)
  select service.area, found.lexeme, service.id,
    case when 'A' = any (found.weights) then 3 when 'B' = any (found.weights) then 2 else 1 end
  from services.service cross join lateral unnest(service.words) as found;
alter table services.service force row level security;

alter table services.word add foreign key (area, service) references services.service (area, id);
call platform.area_owned('services.word', 'select, insert, delete');
create policy published_everywhere on services.word for select
  using (nullif(current_setting('app.area', true), '') is null);

drop index services.service_by_words;

-- Few services are paused, closed or still to come: they are found without reading all others.
create index service_paused on services.service (area, paused_from) where paused_from is not null;
create index service_closed on services.service (area, valid_until) where valid_until is not null;
create index service_to_come on services.service (area, valid_from) where valid_from is not null;
