import { Fragment } from 'react'
import { ageOn, inWords, longDay } from '#platform/dates.ts'
import { Card } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { type Route, routes } from '#registers/organisations/rules.ts'
import { kindInWords, type Means, useInWords } from '#registers/means/rules.ts'
import { needInWords } from '#registers/access-needs/rules.ts'
import { spokenNhsNumber } from '#registers/people/rules.ts'
import { type FeedbackWish, feedbackWishes } from '#journey/acknowledgement/rules.ts'
import {
  type Agreement,
  agreements,
  type Channel,
  channels,
  type FitNoteAnswer,
  fitNoteAnswers,
  type MainBarrier,
  mainBarriers,
  personsAnswers,
  type WayOfAsking,
  type WayOfHearing,
  waysOfAsking,
  waysOfHearing,
  type WorkStatus,
  workStatuses,
} from '#journey/referral/rules.ts'

export type SaidPerson = Readonly<{
  id: string
  given_name: string
  family_name: string
  preferred_name: string | null
  born_on: Temporal.PlainDate
  nhs_number: string | null
  address: string | null
  postcode: string | null
  no_fixed_address: boolean
  gp_practice: string | null
  jobcentre: string | null
  language: string | null
  interpreter: string | null
  access_needs: readonly string[]
  access_note: string | null
  safe_note: string | null
  best_time: string | null
}>

type PersonProps = Readonly<{ person: SaidPerson; means: readonly Means[]; on: Temporal.PlainDate }>

/** Who is referred, how they can be reached safely, and what they need. */
export const PersonSaid = ({ person, means, on }: PersonProps) => (
  <Card
    heading="The person"
    actions={
      <>
        <a href={`/people/${person.id}`}>Open the record</a> ·{' '}
        <a href={`/people/${person.id}/details`}>Correct their details</a>
      </>
    }
  >
    <SummaryList
      compact
      rows={[
        { label: 'Full name', value: `${person.given_name} ${person.family_name}` },
        { label: 'Date of birth', value: `${longDay(person.born_on)}, ${ageOn(person.born_on, on)} years old` },
        { label: 'How to reach them', value: means.length > 0 ? <Ways means={means} /> : null },
        { label: 'Best time', value: person.best_time },
        { label: 'To reach them safely', value: person.safe_note },
        { label: 'Address', value: person.address },
        { label: 'Postcode', value: person.postcode ?? (person.no_fixed_address ? 'No fixed address' : null) },
        { label: 'GP practice', value: person.gp_practice },
        { label: 'Jobcentre', value: person.jobcentre },
        { label: 'NHS number', value: person.nhs_number && spokenNhsNumber(person.nhs_number) },
        { label: 'Language', value: person.language },
        { label: 'Interpreter', value: person.interpreter },
        { label: 'Needs, to take part', value: needsInWords(person) },
      ]}
    />
  </Card>
)

const Ways = ({ means }: { means: readonly Means[] }) => (
  <>
    {means.map((one, index) => (
      <Fragment key={one.id}>
        {index > 0 ? <br /> : null}
        {kindInWords(one)}: {one.value}{' '}
        {one.safe && one.wanted ? `(${useInWords(one)})` : <strong>{`(${useInWords(one)})`}</strong>}
      </Fragment>
    ))}
  </>
)

function needsInWords({ access_needs: needs, access_note: note }: SaidPerson): string | null {
  const known = needs.map(needInWords)
  return [...known, ...(note ? [note] : [])].join(', ') || null
}

/** How much whoever referred may hear now, by what the person has said of them since. */
export type MayHear = 'all' | 'wished' | 'arrival' | 'nothing'

export type SaidReferral = Readonly<{
  id: string
  reference: string
  route: Route
  channel: Channel
  agreement: Agreement
  /** What the person said when they were asked, where whoever referred them had not. */
  agreed: boolean | null
  answered_at: Temporal.Instant | null
  answered_how: WayOfAsking | null
  work_status: WorkStatus | null
  main_barrier: MainBarrier | null
  fit_note: FitNoteAnswer | null
  fit_note_ends_on: Temporal.PlainDate | null
  asked_fit_note: boolean
  reason: string | null
  how_heard: WayOfHearing | null
  feedback: FeedbackWish
  referrer_name: string | null
  referrer_organisation: string | null
  referrer_email: string | null
  sent_quickly: boolean
  from_listing: string | null
}>

/** What was said about work and about what would help. */
export const WhatWasSaid = ({ referral }: { referral: SaidReferral }) => (
  <Card heading="What was said" actions={<a href={`/referrals/${referral.id}/details`}>Correct this</a>}>
    <SummaryList
      compact
      rows={[
        { label: 'What would help', value: referral.reason },
        { label: 'Work now', value: referral.work_status && workStatuses[referral.work_status].label },
        { label: 'Main difficulty', value: referral.main_barrier && mainBarriers[referral.main_barrier].label },
        ...(referral.asked_fit_note ? [{ label: 'Asked for a fit note', value: 'Yes' }] : []),
        { label: 'Fit note now', value: fitNoteInWords(referral) },
        { label: 'How they heard of us', value: referral.how_heard && waysOfHearing[referral.how_heard].label },
      ]}
    />
  </Card>
)

function fitNoteInWords({ fit_note: fitNote, fit_note_ends_on: endsOn }: SaidReferral): string | null {
  if (!fitNote) return null
  const { label } = fitNoteAnswers[fitNote]
  return endsOn ? `${label}, until ${longDay(endsOn)}` : label
}

type WhoProps = Readonly<{
  referral: SaidReferral
  mayHear: MayHear | undefined
  handedBy: string | undefined
  now: Temporal.Instant
}>

/** Who referred the person, whether the person agreed, and what the referrer wants to hear. */
export const WhoReferred = ({ referral, mayHear, handedBy, now }: WhoProps) => (
  <Card heading="Who referred them">
    <SummaryList
      compact
      rows={[
        {
          label: 'How it came',
          value: `${routes[referral.route].label}, ${channels[referral.channel].label.toLowerCase()}`,
        },
        ...(handedBy ? [{ label: 'By a link', value: cameBy(handedBy) }] : []),
        { label: 'Does the person agree?', value: agreementInWords(referral, now) },
        ...(referral.route === 'self'
          ? []
          : [
              { label: 'Name', value: referral.referrer_name },
              { label: 'Organisation', value: organisationOf(referral) },
              ...(referral.agreement === 'self' && referral.route === 'employer'
                ? [{ label: 'Asked by them', value: ownRequest }]
                : []),
              { label: 'Email', value: referral.referrer_email },
              { label: 'Wants to hear', value: feedbackWishes[referral.feedback].label },
              ...(mayHear ? [{ label: 'May they be told?', value: hearing[mayHear] }] : []),
            ]),
      ]}
    />
  </Card>
)

const ownRequest =
  'The employer told us of them, and they sent this themselves. The employer is not told, and no address of theirs is kept.'

const cameBy = (organisation: string) =>
  `Came by the link of ${organisation}, which is not told that they asked for help`

const organisationOf = ({ from_listing: listed, referrer_organisation: name }: SaidReferral) =>
  listed ? <a href={`/services/${listed}`}>{name ?? 'A service of the directory'}</a> : name

const hearing: Readonly<Record<MayHear, string>> = {
  all: 'Yes: that it arrived, and when support is accepted, starts and ends',
  wished: 'Yes: that it arrived, which is all they asked for',
  arrival: 'Only that it arrived. Before they are told more, ask the person and record it in their permissions.',
  nothing: 'No: the person does not want them to be told',
}

function agreementInWords(said: SaidReferral, now: Temporal.Instant): string {
  if (said.agreed === null || said.answered_at === null) return agreements[said.agreement].label
  const { label } = personsAnswers[said.agreed ? 'agreed' : 'declined']
  const how = said.answered_how ? `, ${waysOfAsking[said.answered_how].label.toLowerCase()}` : ''
  return `${label}: asked ${inWords(said.answered_at, now)}${how}`
}
