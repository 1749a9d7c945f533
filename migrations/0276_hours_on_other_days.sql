-- Listings say on which dates a service is open at other times: what was kept before says none.

alter table services.version no force row level security;
alter table services.service no force row level security;
alter table proposing.proposal no force row level security;
alter table source.received no force row level security;

update services.version set document = document || '{"otherHours": []}' where about = 'service' and not document ? 'otherHours';
update services.service set document = document || '{"otherHours": []}' where not document ? 'otherHours';
update proposing.proposal set document = document || '{"otherHours": []}' where not document ? 'otherHours';
update source.received set document = document || '{"otherHours": []}' where not document ? 'otherHours';

alter table services.version force row level security;
alter table services.service force row level security;
alter table proposing.proposal force row level security;
alter table source.received force row level security;
