-- A coach's day asks what people did by themselves since yesterday. In an area that is little, and is found by its time;
-- from all that a coach's people ever did it took longer than the rest of the page together.
drop index journal.entry_of_participant;
create index entry_by_participant on journal.entry (area, at) where kind = 'act' and role = 'participant';
create index appointment_booked_by_themselves on appointment.appointment (area, booked_at) where booked_by is null;
create index result_cancelled_by_themselves on appointment.result (area, at) where by is null and kind = 'cancelled';
create index confirmation_by_time on appointment.confirmation (area, at);
