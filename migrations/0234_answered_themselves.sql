-- A coach's day asks what people answered by themselves since yesterday. In an area that is little, and is found by its time.
create index answer_by_themselves on questionnaires.answer (area, answered_at) where answered_by = 'self';
