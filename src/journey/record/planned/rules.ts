import { dayInWords } from '#platform/dates.ts'
import { type Result, results } from '#journey/action/rules.ts'
import {
  type Content,
  differences,
  inOneLine,
  type ReviewResult,
  reviewResults,
  sentBy,
  type WayAgreed,
  waysAgreed,
} from '#journey/plan/rules.ts'
import type { Answer, Way } from '#journey/plan-offer/rules.ts'
import { type Happening, type ReadAt, within } from '#journey/timeline/rules.ts'
import { planTypes } from '#registers/areas/rules.ts'

type Told = Readonly<{ id: string; episode: string; at: Temporal.Instant; by: string | null }>
type Today = Temporal.PlainDate

const base = ({ id, at, by }: Omit<Told, 'episode'>) => ({ id, at, by })

type Agreed = Told & Readonly<{ number: number; how: WayAgreed; content: Content; before: Content | null }>

/** A version of the plan as it was agreed: the goals of the first, and afterwards what is different. */
export function agreementTold(agreed: Agreed): Happening {
  const { episode, number, how, content, before } = agreed
  const changes = before ? differences(before, content).map(inOneLine) : content.goals.map(({ words }) => `“${words}”`)
  return {
    ...base(agreed),
    ...{ kind: 'plan', dayOnly: true },
    what: number === 1 ? `Plan agreed: ${planTypes[content.type].label}` : `Plan agreed again, version ${number}`,
    text: [...changes, `Agreed ${within(waysAgreed[how].label)}`],
    href: `/episodes/${episode}/plan/versions`,
  }
}

type PlanSent = Told & Readonly<{ toldBy: keyof typeof sentBy; withdrawnAt: Temporal.Instant | null }>

/** That a plan was sent to the person to agree by themselves. */
export function planSentTold(sent: PlanSent): Happening {
  return {
    ...base(sent),
    kind: 'plan',
    what: `Plan sent to agree, ${sentBy[sent.toldBy]}`,
    text: [],
    mark: sent.withdrawnAt === null ? undefined : 'Taken back',
    href: `/episodes/${sent.episode}/plan`,
  }
}

type PlanAnswer = Omit<Told, 'by'> & Readonly<{ answer: Answer; way: Way; words: string | null }>

/** What the person said themselves of a plan they were sent. */
export function planAnswerTold({ id, at, episode, answer, way, words }: PlanAnswer): Happening {
  return {
    ...base({ id, at, by: 'the person themselves' }),
    kind: 'plan',
    what: answer === 'talk' ? 'Wants to talk about the plan first' : 'Agreed with the plan they were sent',
    text: [words, `Answered ${within(waysAgreed[way].label)}`],
    href: `/episodes/${episode}/plan`,
  }
}

type Review = Told & Readonly<{ result: ReviewResult; said: string; next_on: Today | null }>

/** That the plan was looked at together, and what it came to. */
export function reviewTold(review: Review, { today }: ReadAt): Happening {
  const { episode, result, said, next_on: next } = review
  return {
    ...base(review),
    ...{ kind: 'plan', dayOnly: true },
    what: `Plan reviewed: ${within(reviewResults[result].label)}`,
    text: [said, next && `Next review ${dayInWords(next, today)}`],
    href: `/episodes/${episode}/plan`,
  }
}

type ActionResult = Told & Readonly<{ what: string; result: Result; note: string | null; own: boolean }>

/** What came of an action. */
export function resultTold(of: ActionResult): Happening {
  return {
    ...base({ ...of, by: of.own ? 'the person themselves' : of.by }),
    ...{ kind: 'plan', dayOnly: true },
    what: `${results[of.result].label}: ${within(of.what)}`,
    text: [of.note],
    href: `/episodes/${of.episode}/plan`,
  }
}
