import type { Agreement, Channel, MainBarrier, WayOfHearing, WorkStatus } from '#journey/referral/rules.ts'
import type { Purpose } from '#journey/appointment/rules.ts'
import type { Step } from '#journey/episode/rules.ts'
import type { PlanType } from '#registers/areas/rules.ts'
import type { Route } from '#registers/organisations/rules.ts'
import { type Chance, drawn, oneOf } from '#exchange/population/invented/rules.ts'

const channelOf: Readonly<Record<Route, readonly Channel[]>> = {
  gp: ['online', 'email', 'email', 'paper'],
  self: ['online', 'online', 'online', 'telephone'],
  jobcentre: ['online', 'telephone', 'in-person'],
  council: ['online', 'email'],
  voluntary: ['online', 'telephone'],
  health: ['online', 'email', 'system'],
  employer: ['online', 'email'],
  'partner-app': ['system'],
  outreach: ['in-person'],
}
const byThemselves: readonly Route[] = ['self', 'partner-app', 'outreach']
const sendersOf: Readonly<Partial<Record<Route, string>>> = {
  jobcentre: 'Jobcentre Plus',
  council: 'Council work and skills team',
  voluntary: 'The Open Door (charity)',
  health: 'Community physiotherapy',
  employer: 'A local employer',
}
const workBefore: Readonly<Record<PlanType, readonly WorkStatus[]>> = {
  'return-to-work': ['off-sick'],
  'thrive-in-work': ['employed', 'employed', 'zero-hours', 'self-employed'],
  'seek-work': ['unemployed', 'unemployed', 'inactive'],
}
const anyWork: readonly WorkStatus[] = ['unemployed', 'unemployed', 'inactive', 'off-sick', 'employed']
const barriers: Readonly<Record<MainBarrier, number>> = { psychological: 0.5, physical: 0.28, social: 0.12, work: 0.1 }
const reasons = [
  'Would like help to get back to work step by step.',
  'Wants to work again and does not know where to begin.',
  'Has been off for some weeks and worries about the job.',
  'Finds the hours hard to keep and does not want to lose the job.',
  null,
]
const heard: readonly WayOfHearing[] = ['gp', 'friend-family', 'online', 'jobcentre', 'media']

/** Somebody of an organisation with accounts, who refers from there. */
export type Sender = Readonly<{ name: string; email: string; organisation: string }>

export type Asked = Readonly<{
  route: Route
  planType: PlanType | undefined
  practice: string | null
  senders: readonly Sender[]
}>

/** What a made-up referral said. */
export function referralOf(chance: Chance, { route, planType, practice, senders }: Asked) {
  const alone = byThemselves.includes(route)
  const agreement: Agreement = alone ? 'self' : 'agreed'
  const organisation = route === 'gp' ? practice : (sendersOf[route] ?? null)
  const workStatus = oneOf(chance, planType ? workBefore[planType] : anyWork)
  return {
    ...{ route, channel: oneOf(chance, channelOf[route]), agreement },
    answers: {
      workStatus,
      mainBarrier: drawn(chance, barriers),
      fitNote: workStatus === 'off-sick' ? ('yes' as const) : ('no' as const),
      fitNoteEndsOn: null,
      reason: oneOf(chance, reasons),
      howHeard: alone ? oneOf(chance, heard) : null,
    },
    referrer: senders.find((sender) => sender.organisation === organisation) ?? {
      ...{ name: null, organisation, email: organisation ? 'referrals@example.org' : null },
    },
  }
}

/** Whether somebody agreed that whoever referred them hears how they get on: most whom a surgery referred. */
export const letsSurgeryKnow = (chance: Chance, route: Route): boolean => route === 'gp' && chance() < 0.8

const waitsForATime: readonly Step['kind'][] = ['tried', 'reached', 'supported']

/** What somebody may choose a time for, where their coach leaves it to them: one in three who have none. */
export function offeredFor(chance: Chance, steps: readonly Step[]): Purpose | undefined {
  const last = steps.findLast(({ kind }) => kind !== 'due')?.kind
  if (last === undefined || !waitsForATime.includes(last) || chance() > 0.35) return undefined
  return steps.some(({ kind }) => kind === 'assessed') ? 'support' : 'first'
}

type Stepped = Readonly<{ step: Step; at: Temporal.Instant }>

/** When somebody asked for help themselves, or was first spoken with: from then on it is known whose numbers they gave. */
export function theirWordAt(told: readonly Stepped[]): Temporal.Instant | undefined {
  const isTheirs = ({ step }: Stepped) =>
    step.kind === 'reached' || step.kind === 'assessed' || (step.kind === 'received' && step.route === 'self')
  return told.find(isTheirs)?.at
}
