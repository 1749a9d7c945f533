/** How many onward referrals one page of the list shows. */
export const pageLength = 25

/** Up to how many are counted: nobody goes through more, and those of three years are a million. */
export const mostCounted = 1000

/** How many there are, in words. */
export function countInWords(count: number): string {
  if (count > mostCounted) return `More than ${mostCounted.toLocaleString('en-GB')} onward referrals, the newest first`
  return `${count.toLocaleString('en-GB')} ${count === 1 ? 'onward referral' : 'onward referrals'}`
}
