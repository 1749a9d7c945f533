-- A person sees which accounts elsewhere open their space, and can take one away.

alter table login.known
  add column id uuid not null default gen_random_uuid(),
  add column removed_at timestamptz,
  add constraint known_once unique (area, id);
comment on column login.known.id is 'By which the person names it on their own pages; what the provider calls it stands in no address.';
comment on column login.known.removed_at is
  'When the person took it away: from then on it opens nothing, not even by an NHS number, until they show once more who they are.';
