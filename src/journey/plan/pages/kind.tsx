import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { WhatWasWritten } from '#platform/html/content.tsx'
import { DateField, TextArea } from '#platform/html/fields.tsx'
import { SummaryList, type SummaryRow } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { planTypes } from '#registers/areas/rules.ts'
import { type Plan, reviewResults } from '#journey/plan/rules.ts'

type About = Readonly<{ person: string; address: string }>

type KindProps = FormState & About & Readonly<{ plan: Plan | undefined }>

/** The kind of plan, the next review and the day it is meant to be reached by. */
export const KindOfPlan = ({ person, address, plan, problems, typed }: KindProps) => (
  <FormPage
    title="Kind of plan and review"
    caption={person}
    back={{ href: address, label: 'Back to the plan' }}
    action={`${address}/kind`}
    {...{ problems, typed }}
    edits={{ version: plan?.version ?? 0, now: plan ? <SummaryList rows={planRows(plan)} compact /> : null }}
    width="reading"
  >
    <RadiosFrom name="type" label="What kind of plan is it?" list={planTypes} value={plan?.type} />
    <DateField name="review" label="When will you look at it together again?" value={plan?.review_on.toString()} />
    <DateField
      name="target"
      label="By when is it meant to be reached? (optional)"
      value={plan?.target_on?.toString()}
    />
    <Button>Save</Button>
  </FormPage>
)

function planRows({ type, review_on, target_on }: Plan): SummaryRow[] {
  return [
    { label: 'Kind of plan', value: planTypes[type].label },
    { label: 'Next review', value: longDay(review_on) },
    { label: 'Meant to be reached by', value: target_on ? longDay(target_on) : undefined },
  ]
}

type ReviewProps = FormState & About & Readonly<{ id: string; today: Temporal.PlainDate }>

/** A review: what was said, what it came to, and when the plan is looked at again. */
export const RecordReview = ({ person, address, id, today, problems, typed }: ReviewProps) => (
  <FormPage
    title="Record a review"
    caption={person}
    lede="You looked at the plan together."
    back={{ href: address, label: 'Back to the plan' }}
    action={`${address}/reviews`}
    {...{ problems, typed }}
    fields={{ id }}
    draft
    width="reading"
  >
    <DateField name="reviewed" label="On which day?" value={today.toString()} />
    <TextArea
      name="said"
      label="What did you talk about?"
      hint="What goes well, what does not, what they want now"
      rows={4}
      maximum={1000}
    />
    <RadiosFrom name="result" label="What happens next?" list={reviewResults} />
    <DateField
      name="next"
      label="When will you look at it again?"
      hint="Leave this empty when they are ready to complete the plan"
    />
    <Button>Save this review</Button>
  </FormPage>
)

/** Why nothing of the plan can be changed or reviewed. */
export const CannotChange = ({ person, address }: About) => (
  <Page
    title="This plan cannot be changed"
    caption={person}
    back={{ href: address, label: 'Back to the plan' }}
    width="reading"
  >
    <p>
      A plan can be changed and reviewed from the day its kind is chosen until support ends. What was agreed can always
      be read and printed.
    </p>
    <WhatWasWritten />
  </Page>
)
