import { longDay } from '#platform/dates.ts'
import { Card } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { type Route, routes } from '#registers/organisations/rules.ts'
import {
  type FitNoteAnswer,
  fitNoteAnswers,
  type MainBarrier,
  mainBarriers,
  type WorkStatus,
  workStatuses,
} from '#journey/referral/rules.ts'

/** What one referral said of the person before anybody spoke with them. */
export type SaidBefore = Readonly<{
  id: string
  route: Route
  received_on: Temporal.PlainDate
  referrer_name: string | null
  referrer_organisation: string | null
  reason: string | null
  work_status: WorkStatus | null
  main_barrier: MainBarrier | null
  fit_note: FitNoteAnswer | null
  fit_note_ends_on: Temporal.PlainDate | null
}>

/** What each referral said, so that nobody has to say it again. */
export const WhatTheReferralSaid = ({ said }: { said: readonly SaidBefore[] }) =>
  said.map((one) => {
    const rows = rowsOf(one)
    return rows.length === 0 ? null : (
      <Card key={one.id} heading="What the referral said" tone="quiet">
        <p>{fromWhom(one)}</p>
        <SummaryList compact rows={rows} />
      </Card>
    )
  })

function fromWhom({ route, referrer_name, referrer_organisation, received_on }: SaidBefore): string {
  return [routes[route].label, referrer_name, referrer_organisation, longDay(received_on)].filter(Boolean).join(', ')
}

function rowsOf(said: SaidBefore) {
  const { reason, work_status: work, main_barrier: main, fit_note: fitNote, fit_note_ends_on: endsOn } = said
  const until = endsOn ? `, until ${longDay(endsOn)}` : ''
  return [
    ...(reason ? [{ label: 'What would help', value: reason }] : []),
    ...(work ? [{ label: 'Work then', value: workStatuses[work].label }] : []),
    ...(main ? [{ label: 'Main difficulty', value: mainBarriers[main].label }] : []),
    ...(fitNote ? [{ label: 'Fit note', value: `${fitNoteAnswers[fitNote].label}${until}` }] : []),
  ]
}

/** The newest thing that any of the referrals said about work. */
export const workThen = (said: readonly SaidBefore[]) =>
  said.findLast(({ work_status: work }) => work)?.work_status ?? null

/** What stands beside the question of work, where a referral has answered it. */
export function workHint(said: readonly SaidBefore[]): string | undefined {
  const work = workThen(said)
  return work === null ? undefined : `The referral said: ${workStatuses[work].label.toLowerCase()}. Is it still so?`
}

/** What stands beside what is in the way in one part, where a referral has named that part. */
export function difficultyHint(said: readonly SaidBefore[], part: MainBarrier): string | undefined {
  return said.some(({ main_barrier: main }) => main === part)
    ? `The referral named this as the main difficulty: ${mainBarriers[part].label.toLowerCase()}.`
    : undefined
}
