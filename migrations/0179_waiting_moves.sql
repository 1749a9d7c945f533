-- A day looks for the packages of a coach's people that wait for another area.

create index package_waiting on move.package (area, episode) where answer is null;
