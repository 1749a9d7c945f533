import { asksFacts } from '#registers/fact/rules.ts'

/** Who said what stands in an answer: how it was given, and the batch that brought it where it came with a file. */
export type Said = Readonly<{ how: string; batch: string | null }>

/**
 * Whether the person said it themselves, to a member or on their own pages. What whoever referred them says, and what
 * another system sends, was only heard of them: it counts until they answer themselves, and never against that.
 */
export const isOwn = ({ how, batch }: Said): boolean => how !== 'referrer' && batch === null

/** An answer that says for whom it was and how it came. */
export type Given = Said & Readonly<{ switch: string; recipient: string; given: boolean }>

/** Whether somebody said themselves how far one who is named may be told: a later yes to all of their kind goes no further. */
export const isOwnLimit = ({ recipient, given, ...one }: Given): boolean =>
  recipient !== '' && given && isOwn(one) && asksFacts(one.switch)

/**
 * Which answer counts for one who is named, out of those about them and about all of their kind, the newest first: the
 * person's own, whenever they gave it, before what was only heard of them. A yes to all is none to one that stands alone.
 */
export function counting<One extends Given>(answers: readonly One[], alone = false): One | undefined {
  const about = answers.filter((one) => !(alone && one.given && one.recipient === ''))
  const own = about.filter(isOwn)
  const asked = own.length > 0 ? own : about
  const named = asked.find(({ recipient }) => recipient !== '')
  const [newest] = asked
  return named && newest?.given && isOwnLimit(named) ? named : newest
}

/** An answer that also says when it was given. */
export type Dated = Given & Readonly<{ at: Temporal.Instant }>

/**
 * The answers that still say something once somebody has left, of all their answers with the newest first: a yes from
 * before they said that they take no part counts no more. It counts again when they take part again, and a yes of the same
 * moment or later is one they gave knowing that they leave, or to whoever refers them anew.
 */
export function withoutWhatEnded<One extends Dated>(answers: readonly One[]): One[] {
  const part = counting(answers.filter((one) => one.switch === 'take-part'))
  if (!part || part.given) return [...answers]
  return answers.filter(({ given, at }) => !given || Temporal.Instant.compare(at, part.at) >= 0)
}

/**
 * The answers that count now, out of all answers with the newest first. Whoever the person refused by name stays on the
 * list.
 */
export function newestOf<One extends Given>(all: readonly One[]): One[] {
  const isOf = (one: One, { switch: asked, recipient }: One) =>
    asked === one.switch && recipient.toLowerCase() === one.recipient.toLowerCase()
  return all.filter((one) => {
    const same = all.filter((other) => isOf(one, other))
    if ((same.find(isOwn) ?? same[0]) !== one) return false
    if (one.recipient === '' || (!one.given && isOwn(one))) return true
    return counting(all.filter((other) => isOf(one, other) || isOf({ ...one, recipient: '' }, other))) === one
  })
}

type Wished = Said & Readonly<{ recipient: string; given: boolean; allows: string }>

/** Whether an answer is no yes of the person, but says that whoever referred them wants to hear that it arrived. */
export const isOnlyWish = ({ recipient, given, allows, ...said }: Wished): boolean =>
  recipient !== '' && given && allows === 'received' && !isOwn(said)
