-- A referral may say that the person asked for a fit note: once the person agrees, it is a request for one.

alter table referral.referral add column asked_fit_note boolean not null default false;
comment on column referral.referral.asked_fit_note is
  'Whether it says that the person asked for a fit note, where the area is a trailblazer. It becomes a request under the same id once the person agrees.';

alter table fit_note_request.request drop constraint request_came_check;
alter table fit_note_request.request add constraint request_came_check
  check (came in ('practice', 'person', 'referral'));
alter table fit_note_request.request alter column by drop not null;
alter table fit_note_request.request add constraint request_by_somebody check (by is not null or came = 'referral');
