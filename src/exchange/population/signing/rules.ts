/** The months that a made-up area has signed by a day: those that are over, without the last, a year of them at most. */
export function monthsToSign(begins: Temporal.PlainDate, today: Temporal.PlainDate): Temporal.PlainYearMonth[] {
  const first = begins.toPlainYearMonth()
  return Array.from({ length: 12 }, (_, back) => today.toPlainYearMonth().subtract({ months: back + 2 }))
    .filter((month) => Temporal.PlainYearMonth.compare(month, first) >= 0)
    .toReversed()
}
