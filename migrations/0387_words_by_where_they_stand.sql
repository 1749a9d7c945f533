-- Several words that many services say are read side by side in the order of services: first where all stand in the name,
-- then in what else it is called, and no further than it takes. Each of these is an index of its own in that order. Beside a
-- word that few say, the others are looked up service by service.

create index word_of_names on services.word (area, word, service) include (weight, marks, hours) where weight = 3;
create index word_of_calling on services.word (area, word, service) include (weight, marks, hours) where weight >= 2;
drop index services.word_of_service;
create index word_of_service on services.word (area, service, word) include (weight);
