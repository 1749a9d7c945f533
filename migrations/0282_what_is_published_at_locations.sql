-- Whether a service at a location is published follows from both. For other systems, which read and count all of them, it
-- stands in one index, and is worked out when either changes.

alter table services.service no force row level security;
alter table services.location no force row level security;
alter table services.at_location no force row level security;

alter table services.at_location add column published boolean not null default false;
alter table services.at_location add column supplied boolean not null default false;
comment on column services.at_location.published is 'Whether the service and the location are both published.';
comment on column services.at_location.supplied is 'Whether the service came with the product, and stands in every area under the same id.';
update services.at_location set published = service.published and location.published, supplied = service.origin = 'supplied'
  from services.service, services.location
  where service.area = at_location.area and service.id = at_location.service
    and location.area = at_location.area and location.id = at_location.location;
grant update (published, supplied) on services.at_location to workwell_app;

alter table services.service force row level security;
alter table services.location force row level security;
alter table services.at_location force row level security;

create index at_location_published on services.at_location (id, area) include (supplied, service) where published;
create index at_location_published_of_area on services.at_location (area, id) include (service) where published;
alter policy published_everywhere on services.at_location
  using ((select nullif(current_setting('app.area', true), '')) is null and published);

drop index services.service_published;
create index service_published on services.service (id, area) include (origin) where published;
create index service_published_of_area on services.service (area, id) where published;
