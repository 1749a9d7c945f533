-- Which rows of the directory may be seen follows from the area that is open. It was looked up for each row again, which
-- took longer than all else of a search: as a question of its own the database answers it once for a whole statement.

do $$
declare
  one record;
begin
  for one in
    select tablename, policyname,
      replace(qual, 'NULLIF(current_setting(''app.area''::text, true), ''''::text)',
        '(select nullif(current_setting(''app.area'', true), ''''))') as sees
    from pg_policies where schemaname = 'services'
  loop
    execute format('alter policy %I on services.%I using (%s)', one.policyname, one.tablename, one.sees);
  end loop;
end $$;
