-- What was promised stands on the timeline of its person, where each thing that happened has an id.

alter table rhythm.rhythm add column id uuid not null default gen_random_uuid();
alter table rhythm.rhythm alter column id drop default;
create unique index rhythm_id on rhythm.rhythm (area, id);
