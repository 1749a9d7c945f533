-- Other systems ask what has changed since they last asked: of each organisation, and of each service with the places
-- where it is given, it is known when that was.

alter table organisations.organisation no force row level security;
alter table services.owner no force row level security;
alter table services.service no force row level security;
alter table services.version no force row level security;
alter table services.location no force row level security;
alter table services.at_location no force row level security;

alter table organisations.organisation add column changed_at timestamptz not null default now();
comment on column organisations.organisation.changed_at is 'When what is said of it last changed.';
update organisations.organisation
  set changed_at = least(now(), from_on::timestamp at time zone 'Europe/London');

alter table services.owner add column changed_at timestamptz not null default now();
comment on column services.owner.changed_at is 'When what is said of it last changed.';
update services.owner set changed_at = said.at from services.version said
  where said.area = owner.area and said.about = 'owner' and said.subject = owner.id and said.version = owner.version;

alter table services.service add column renewed_at timestamptz not null default now();
comment on column services.service.renewed_at is
  'When what others read of it last changed: its own entry, or a location where it is given.';
update services.service set renewed_at = greatest(changed_at, (select max(said.at) from services.at_location at
  join services.location on location.area = at.area and location.id = at.location
  join services.version said on said.area = location.area and said.about = 'location' and said.subject = location.id
    and said.version = location.version
  where at.area = service.area and at.service = service.id));

alter table organisations.organisation force row level security;
alter table services.owner force row level security;
alter table services.service force row level security;
alter table services.version force row level security;
alter table services.location force row level security;
alter table services.at_location force row level security;

-- For the lists of other systems, which are read in the order of the changes.
create index service_renewed on services.service (area, renewed_at, id) where published;
create index owner_changed on services.owner (area, changed_at, id);
