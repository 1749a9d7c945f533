-- What is for staff only is read by its area alone: also its words, hours and kinds, where it is given, and who runs
-- nothing else. Without an area, as the whole installation's directory is read, only what hangs on something published
-- is seen. The question is a function, so that an area's own reading, which needs no answer, is planned as before.

create function services.is_published(in_area text, wanted uuid) returns boolean
language plpgsql stable parallel safe cost 1 as $$
begin
  return exists (select from services.service where area = in_area and id = wanted and published);
end $$;
comment on function services.is_published is 'Whether a service of the directory is open to be read by everybody.';

create function services.is_place_published(in_area text, wanted uuid) returns boolean
language plpgsql stable parallel safe cost 1 as $$
begin
  return exists (select from services.location where area = in_area and id = wanted and published);
end $$;
comment on function services.is_place_published is 'Whether a location of the directory is open to be read by everybody.';

create function services.runs_published(in_area text, wanted uuid) returns boolean
language plpgsql stable parallel safe cost 1 as $$
begin
  return exists (select from services.service where area = in_area and owner = wanted and published);
end $$;
comment on function services.runs_published is 'Whether an owner runs any service that is open to be read by everybody.';

drop policy published_everywhere on services.owner;
drop policy published_everywhere on services.at_location;
drop policy published_everywhere on services.opening;
drop policy published_everywhere on services.served;
drop policy published_everywhere on services.service_term;
drop policy published_everywhere on services.word;

create policy published_everywhere on services.owner for select
  using (nullif(current_setting('app.area', true), '') is null and services.runs_published(area, id));
create policy published_everywhere on services.at_location for select
  using (nullif(current_setting('app.area', true), '') is null and services.is_published(area, service)
    and services.is_place_published(area, location));
create policy published_everywhere on services.opening for select
  using (nullif(current_setting('app.area', true), '') is null and services.is_published(area, service)
    and (location is null or services.is_place_published(area, location)));
create policy published_everywhere on services.served for select
  using (nullif(current_setting('app.area', true), '') is null and services.is_published(area, service));
create policy published_everywhere on services.service_term for select
  using (nullif(current_setting('app.area', true), '') is null and services.is_published(area, service));
create policy published_everywhere on services.word for select
  using (nullif(current_setting('app.area', true), '') is null and services.is_published(area, service));
