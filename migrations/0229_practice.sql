-- The practice that somebody asked for a fit note hears by link what came of the conversation, as far as they allow it.

alter table request.request drop constraint request_kind_check;
alter table request.request add constraint request_kind_check
  check (kind in ('referrer', 'service', 'employer', 'occupational-health', 'practice'));

alter table fit_note_request.result add column told uuid;
alter table fit_note_request.result add column untold text;
alter table fit_note_request.result add foreign key (area, told) references request.request (area, id);
alter table fit_note_request.result add constraint result_told_once check (told is null or untold is null);
comment on column fit_note_request.result.told is 'What the practice was asked or told by link, where it was.';
comment on column fit_note_request.result.untold is 'Why the practice was not told, where it was to be.';
