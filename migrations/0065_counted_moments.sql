-- A month's contacts and appointments are found by when they happened, as its episodes are.

create index contact_by_moment on contact.contact (area, happened_at);
create index appointment_by_start on appointment.appointment (area, starts_at);
