import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage } from '#platform/html/page.tsx'
import type { Route } from '#registers/organisations/rules.ts'
import { fitNoteAnswers, mainBarriers, waysOfHearing, workStatuses } from '#journey/referral/rules.ts'
import { ReferrerFields, RequestFields } from './fields.tsx'

type Stored = NonNullable<Parameters<typeof RequestFields>[0]['stored']> &
  NonNullable<Parameters<typeof ReferrerFields>[0]['stored']>

type CorrectProps = FormState &
  Readonly<{
    referral: Stored & Readonly<{ id: string; person: string; reference: string; version: number; route: Route }>
  }>

/** Corrects what a referral says; who the person is, is corrected on their own page. */
export const CorrectReferral = ({ referral, problems, typed }: CorrectProps) => (
  <FormPage
    title="Correct what the referral says"
    caption={referral.reference}
    back={{ href: `/referrals/${referral.id}`, label: 'Back to the referral' }}
    action={`/referrals/${referral.id}/details`}
    draft
    width="reading"
    edits={{ version: referral.version, now: <SaysNow referral={referral} /> }}
    problems={problems}
    typed={typed}
  >
    <p>
      Names, ways to reach them, where they live, their GP practice and their Jobcentre are corrected in{' '}
      <a href={`/people/${referral.person}/details`}>their details</a>.
    </p>
    <RequestFields stored={referral} />
    {referral.route === 'self' ? null : (
      <>
        <h2 className="nhsuk-heading-m">Whoever referred them</h2>
        <ReferrerFields stored={referral} />
      </>
    )}
    <Button>Save</Button>
  </FormPage>
)

const SaysNow = ({ referral }: Pick<CorrectProps, 'referral'>) => (
  <SummaryList
    compact
    rows={[
      { label: 'What would help', value: referral.reason },
      { label: 'Work now', value: referral.work_status && workStatuses[referral.work_status].label },
      { label: 'Main difficulty', value: referral.main_barrier && mainBarriers[referral.main_barrier].label },
      { label: 'Fit note', value: referral.fit_note && fitNoteAnswers[referral.fit_note].label },
      { label: 'Lasts until', value: referral.fit_note_ends_on && longDay(referral.fit_note_ends_on) },
      { label: 'How they heard', value: referral.how_heard && waysOfHearing[referral.how_heard].label },
      { label: 'Referred by', value: referral.referrer_name },
      { label: 'Organisation', value: referral.referrer_organisation },
      { label: 'Email', value: referral.referrer_email },
    ]}
  />
)
