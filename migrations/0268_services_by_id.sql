-- What a search found is put in order by what stands in this index, without reading the wide rows of services: a thousand
-- of them lie on a thousand pages.
create index service_narrow on services.service (area, id)
  include (name_key, marks, hours, published, wait_weeks, least_age, most_age, valid_from, valid_until, paused_from, paused_until);
