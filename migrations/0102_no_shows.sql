-- Who did not come in a month is counted on the board: few rows, found by when it was written down.
create index result_missed on appointment.result (area, at) where kind = 'missed' and who = 'person';
