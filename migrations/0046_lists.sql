-- What the coach's day, the caseload and the board are read by.

create index standing_started on episode.standing (area, started_at) where started_at is not null;
create index standing_ended on episode.standing (area, ended_at) where ended_at is not null;
create index standing_open on episode.standing (area, received_at, episode) where ended_at is null;
