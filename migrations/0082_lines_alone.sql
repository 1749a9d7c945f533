-- What would come of a line in a dry run is known where that runs: no line is written again because of it.

alter table lines.line
  drop column outcome,
  drop column reasons;
comment on table lines.line is
  'One line of a file, as it came, until the batch is finished. Key and parent tie it to the lines of other files, and lines with one root are dealt with together.';
