-- Referrals that wait for a decision are found without reading all that ever came.

create index standing_undecided on episode.standing (area, episode) where stage = 'received';
