-- A batch that is taken back takes the requests for a fit note with it that came with its referrals.

create function fit_note_request.take_back(of_area text, persons uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  with requests as (
    delete from fit_note_request.request r using people.person p
    where r.area = of_area and r.came = 'referral' and p.area = of_area and p.id = r.person
      and p.batch is not null and r.person = any(persons)
    returning r.id
  )
  select coalesce(array_agg(id), '{}') into gone from requests;
  return gone;
end $$;
comment on function fit_note_request.take_back is
  'Takes back the requests that came with the referrals of people whom a batch brought. One that has a result stays, and the person with it.';
revoke all on function fit_note_request.take_back from public;
grant execute on function fit_note_request.take_back to workwell_app;
