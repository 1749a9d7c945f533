/** Who took a referral back, and when the team has taken note of it. */
export type Withdrawal = Readonly<{
  referral: string
  note: string | null
  at: Temporal.Instant
  readAt: Temporal.Instant | null
}>

/** What it means that whoever referred takes the referral back: the person decides, and nothing of theirs ends by it. */
export const whatWithdrawingMeans = [
  'If nobody has asked the person yet, your referral ends and they are not contacted because of it.',
  'If they have said that they want help, it is theirs: the team tells them and they decide whether to go on.',
  'We do not tell you what they decide.',
] as const
