-- Where locations are on the map, and the order in which the whole directory is read from outside.

alter table services.location add column latitude double precision check (latitude between -90 and 90);
alter table services.location add column longitude double precision check (longitude between -180 and 180);
comment on column services.location.latitude is 'In degrees (WGS 84), as the longitude; null where it is not known.';
create index location_by_latitude on services.location (area, latitude);

-- The directory of a whole installation is read without an area, in the order of ids.
create index service_published on services.service (id, area) where published;
create index service_changed on services.service (area, changed_at);
