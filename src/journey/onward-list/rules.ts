/** How many onward referrals one page of the list shows. */
export const pageLength = 25

/** Up to how many are counted: nobody goes through more, and those of three years are a million. */
export const mostCounted = 500

/** How many of those who wait are counted by service: the ones who have waited longest. */
export const mostWaiting = 500

/** How many services stand in the table of those that people wait for; the rest is folded away. */
export const servicesShown = 10

const number = (count: number) => count.toLocaleString('en-GB')

/** How many there are, in words. */
export function countInWords(count: number): string {
  if (count > mostCounted) return `More than ${number(mostCounted)} onward referrals, the newest first`
  return `${number(count)} ${count === 1 ? 'onward referral' : 'onward referrals'}`
}

/** That not everybody who waits is counted by service; undefined where they are. */
export function whoIsCounted(waiting: readonly Readonly<{ people: number }>[]): string | undefined {
  const people = waiting.reduce((sum, one) => sum + one.people, 0)
  return people < mostWaiting
    ? undefined
    : `Only the ${number(mostWaiting)} people who have waited longest are counted here.`
}
