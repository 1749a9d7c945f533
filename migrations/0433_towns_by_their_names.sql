-- A town is found by its name in small letters. Under row-level security an index is looked into only by comparisons that are
-- known to tell nothing, and lower() is not: kept as a column, its name is looked up and not read through.

alter table services.location add column town_key text collate "C" generated always as (lower(town)) stored;
comment on column services.location.town_key is 'The town in small letters, by which what is given in it is found.';
drop index services.location_by_town;
create index location_by_town on services.location (area, town_key);

-- Services that are for the people of one place come first where somebody looks around it.
create index served_by_code on services.served (area, kind, code, service);
