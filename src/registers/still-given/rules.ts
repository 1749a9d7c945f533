import { type Dated, newestOf } from '#registers/own-word/rules.ts'
import { allowsAsMuch, answerTo, outlastsLeaving } from '#registers/permissions/rules.ts'

type Extent = Parameters<typeof allowsAsMuch>[0]

/** An answer, with how far it goes. */
export type Said = Dated & Extent

/** A yes on which something went out, with every answer of its person to the same, the newest first. */
export type ReliedOn = Extent & Readonly<{ switch: string; answers: readonly Said[] }>

/** Whether a yes still stands: the answer that counts now says yes, and allows as much. */
export function isStillGiven({ answers, ...relied }: ReliedOn): boolean {
  const outlasts = outlastsLeaving(relied.switch, 'status')
  const newest = answerTo(answers, { switch: relied.switch, outlasts })
  return newest !== undefined && newest.given && allowsAsMuch(newest, relied)
}

// Without these nothing else goes on.
const whole: ReadonlySet<string> = new Set(['take-part', 'contact'])

/** Whether nothing of a person is open to anybody outside: they have died, take no part any more, or want no contact. */
export const isShut = ({ died, answers }: Readonly<{ died: boolean; answers: readonly Dated[] }>): boolean =>
  died || newestOf(answers).some((one) => whole.has(one.switch) && one.recipient === '' && !one.given)
