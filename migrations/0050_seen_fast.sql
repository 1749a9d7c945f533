-- What the question "who may be seen" is answered by, for a whole list at once.

-- Few records are restricted or merged into another: those few are looked through instead of everybody listed.
create index person_hidden on people.person (area, id) where restricted or merged_into is not null;

-- An organisation and a coach are of one area each. Without being told, the planner takes them for independent of the
-- area, expects a fifteenth of the rows there are, and looks people up one by one.
create statistics people.holder_of_one_area (dependencies) on area, organisation from people.holder;
create statistics episode.standing_of_one_area (dependencies) on area, coach, provider from episode.standing;
