-- Whether what hangs on a service may be read by everybody was asked of the service again for each row, by a function: a
-- list of all areas that was narrowed down by a word asked it 24,000 times. It now stands in the row. Words are read by their
-- own area alone, which the database then sees to once for a statement and not for each row; what is open of them is read
-- without an area by one function.

alter table services.service no force row level security;
alter table services.location no force row level security;
alter table services.word no force row level security;
alter table services.service_term no force row level security;
alter table services.opening no force row level security;
alter table services.served no force row level security;

alter table services.word add column published boolean not null default true;
alter table services.word add column supplied boolean not null default false;
alter table services.service_term add column published boolean not null default true;
alter table services.service_term add column supplied boolean not null default false;
alter table services.opening add column published boolean not null default true;
alter table services.served add column published boolean not null default true;

update services.word set published = service.published, supplied = service.origin = 'supplied' from services.service
  where service.area = word.area and service.id = word.service and (not service.published or service.origin = 'supplied');
update services.service_term set published = service.published, supplied = service.origin = 'supplied' from services.service
  where service.area = service_term.area and service.id = service_term.service
    and (not service.published or service.origin = 'supplied');
update services.served set published = false from services.service
  where service.area = served.area and service.id = served.service and not service.published;
update services.opening set published = false from services.service
  where service.area = opening.area and service.id = opening.service and not service.published;
update services.opening set published = false from services.location
  where location.area = opening.area and location.id = opening.location and not location.published;

alter table services.word alter column published drop default, alter column supplied drop default;
alter table services.service_term alter column published drop default, alter column supplied drop default;
alter table services.opening alter column published drop default;
alter table services.served alter column published drop default;

alter table services.service force row level security;
alter table services.location force row level security;
alter table services.word force row level security;
alter table services.service_term force row level security;
alter table services.opening force row level security;
alter table services.served force row level security;

alter table services.word drop constraint word_pkey;
alter table services.word add primary key (area, word, service) include (weight, published, supplied, marks, hours);
alter table services.service_term drop constraint service_term_pkey;
alter table services.service_term add primary key (area, term, service) include (published, supplied);

drop policy published_everywhere on services.word;
drop policy published_everywhere on services.service_term;
drop policy published_everywhere on services.opening;
drop policy published_everywhere on services.served;
create policy published_everywhere on services.service_term for select
  using (published and (select nullif(current_setting('app.area', true), '') is null));
create policy published_everywhere on services.opening for select
  using (published and (select nullif(current_setting('app.area', true), '') is null));
create policy published_everywhere on services.served for select
  using (published and (select nullif(current_setting('app.area', true), '') is null));

-- Where a location is kept back later, so are the hours there.
grant update (published) on services.opening to workwell_app;

drop function services.is_published;
drop function services.is_place_published;

create function services.published_with(stem text)
returns table (area text, service uuid, supplied boolean)
language sql stable security definer parallel safe rows 10000 set search_path = pg_catalog as $$
  select there.area, there.service, there.supplied from services.word as there
  where there.area = any (array(select known.area from areas.area as known)) and there.word = stem and there.published
$$;
comment on function services.published_with is 'The published services of all areas that say a word.';
revoke all on function services.published_with from public;
grant execute on function services.published_with to workwell_app;
