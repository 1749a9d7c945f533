-- Which form an answer came with, which privacy notice lay beside it, and who wrote an area's own wording.

alter table permissions.permission add column form uuid;
alter table permissions.permission add column notice_version integer;
comment on column permissions.permission.form is 'The form the answer was given on: sending the form twice records its answers once.';
comment on column permissions.permission.notice_version is 'The version of the privacy notice that was shown.';
create unique index permission_of_form on permissions.permission (area, form, switch, recipient);

alter table permissions.wording add column set_by uuid;
alter table permissions.wording add column set_at timestamptz;
alter table permissions.wording add constraint after_the_first check (version > 1);
comment on constraint after_the_first on permissions.wording is 'Version 1 is the wording that comes with the product; an area''s own begin with 2.';
