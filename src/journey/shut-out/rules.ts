/** A restricted record that is closed to the coach of its person, on the day of whoever may give them to somebody else. */
export const shutLines = (shut: Readonly<{ name: string }> | undefined) =>
  shut
    ? [
        {
          reason: 'shut' as const,
          because: `${shut.name} cannot open the record: give them to somebody else`,
          on: null,
        },
      ]
    : []
