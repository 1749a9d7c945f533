-- Two services may be one whose names differ in capitals, spaces or hyphens alone: they are found by what is left of a name.

alter table services.service add column bare_name text collate "C" not null
  generated always as (regexp_replace(lower(name), '[^[:alnum:]]+', '', 'g')) stored;
comment on column services.service.bare_name is 'The letters and numbers of the name, by which what may be the same service is found.';

drop index services.service_by_exact_name;
create index service_by_bare_name on services.service (area, bare_name);

comment on table twins.pair is 'Two services with the same name and owner, however these are written, and what else they share. The one was here first; joined, it stays, and the other leads to it.';
