-- Whose support goes on in another area finds there whom to ring and where to sign in.
alter table changeover.change add column to_area text, add column to_phone text;
comment on column changeover.change.to_area is 'The area where support goes on, for one that another area took over.';
comment on column changeover.change.to_phone is 'Whom the person rings there, as it was when the area took over: other areas are not read.';
