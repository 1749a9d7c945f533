-- A coach's day reads who is with the service and who is in aftercare together: one index for both.

create index standing_looked_after on episode.standing (area, coach, next_due_on, episode)
  where ended_at is null or stage = 'aftercare';
