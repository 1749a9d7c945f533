-- How far it is from several places tells where something is. A place that is kept back from strangers, such as a refuge, is
-- marked where distances are read, and the towns of such places are no words by which a service that strangers see is found.

alter table services.service no force row level security;
alter table services.location no force row level security;
alter table services.at_location no force row level security;
alter table services.near no force row level security;
alter table services.word no force row level security;
alter table services.owner no force row level security;
alter table services.term no force row level security;
alter table services.service_term no force row level security;

-- The last of the marks (registers/marks): two to the power of 58.
update services.near set marks = near.marks | 288230376151711744 from services.location
  where location.area = near.area and location.id = near.location and not location.published;

create temporary table kept_back on commit drop as
  select distinct service.area, service.id from services.service
    join services.at_location as at on at.area = service.area and at.service = service.id
    join services.location on location.area = at.area and location.id = at.location
    where service.published and not location.published;

update services.service set also = concat_ws(' ', service.document ->> 'foundBy', owner.name,
    (select string_agg(term.name, ' ' order by term.name) from services.service_term join services.term
      on term.area = service_term.area and term.id = service_term.term
      where service_term.area = service.area and service_term.service = service.id),
    (select string_agg(location.town, ' ' order by location.town) from services.at_location join services.location
      on location.area = at_location.area and location.id = at_location.location
      where at_location.area = service.area and at_location.service = service.id and location.published))
  from services.owner, kept_back
  where kept_back.area = service.area and kept_back.id = service.id
    and owner.area = service.area and owner.id = service.owner;

delete from services.word using kept_back where word.area = kept_back.area and word.service = kept_back.id;
insert into services.word (area, word, service, weight, marks, hours, published, supplied)
  select service.area, found.lexeme, service.id,
    case when 'A' = any(found.weights) then 3 when 'B' = any(found.weights) then 2 else 1 end, service.marks,
    service.hours, service.published, service.origin = 'supplied'
  from services.service join kept_back on kept_back.area = service.area and kept_back.id = service.id
  cross join lateral unnest(service.words) as found;

alter table services.service force row level security;
alter table services.location force row level security;
alter table services.at_location force row level security;
alter table services.near force row level security;
alter table services.word force row level security;
alter table services.owner force row level security;
alter table services.term force row level security;
alter table services.service_term force row level security;
