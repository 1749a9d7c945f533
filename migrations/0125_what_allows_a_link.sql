-- A link stops working when what allowed it is taken back.

alter table link.link add column allowed_by text;
comment on column link.link.allowed_by is 'The id of the permission that allows it, or the code of what else does. Not known of links from before.';
