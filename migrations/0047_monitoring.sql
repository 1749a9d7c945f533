-- What a month is counted by, beside what stands already for referrals received, starts and endings.

create index standing_accepted on episode.standing (area, accepted_at) where accepted_at is not null;
create index standing_first_tried on episode.standing (area, first_tried_at) where first_tried_at is not null;
create index standing_plan_agreed on episode.standing (area, plan_agreed_at) where plan_agreed_at is not null;
