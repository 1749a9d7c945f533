-- A health and work report names a day on which it is looked at again, and how its practitioner is reached.
alter table fit_note.note add column review_on date, add column contact text;
