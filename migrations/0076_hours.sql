-- A full week is often 37.5 hours: hours are kept with their fraction.

alter table assessment.assessment
  alter column contracted_hours type double precision,
  alter column hours_now type double precision;
alter table completion.completion alter column hours type double precision;
alter table follow_up.follow_up alter column hours type double precision;
