import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { DateField, TextArea } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { longDay } from '#platform/dates.ts'
import { adjustmentKinds, askers } from '#journey/support/adjustments/rules.ts'
import type { ShownAdjustment, Whose } from './list.tsx'

type NewProps = FormState & Whose & Readonly<{ id: string; today: Temporal.PlainDate }>

/** Writes down an adjustment that somebody asked for. */
export const NewAdjustment = ({ episode, person, id, today, ...state }: NewProps) => (
  <FormPage
    {...state}
    title="Write an adjustment down"
    caption={person.name}
    back={{ href: `/episodes/${episode}/adjustments` }}
    width="reading"
    action={`/episodes/${episode}/adjustments`}
    fields={{ id }}
    draft
  >
    <WordsFields asked={today} />
    <Button>Save</Button>
  </FormPage>
)

type WordsProps = FormState & Whose & Readonly<{ adjustment: ShownAdjustment }>

/** Puts right what an adjustment is, or who asked for it. */
export const AdjustmentWords = ({ episode, person, adjustment, ...state }: WordsProps) => (
  <FormPage
    {...state}
    title="Put this adjustment right"
    caption={person.name}
    back={{ href: `/episodes/${episode}/adjustments/${adjustment.id}` }}
    width="reading"
    action={`/episodes/${episode}/adjustments/${adjustment.id}/words`}
    edits={{ version: adjustment.version, now: <AsItStands adjustment={adjustment} /> }}
  >
    <WordsFields adjustment={adjustment} asked={adjustment.askedOn} />
    <Button>Save</Button>
  </FormPage>
)

/** What is saved of an adjustment now, for somebody who typed on an earlier one. */
export const AsItStands = ({ adjustment }: Readonly<{ adjustment: ShownAdjustment }>) => (
  <p>
    {adjustmentKinds[adjustment.kind].label}: {adjustment.what}. Asked for on {longDay(adjustment.askedOn)}, by{' '}
    {askers[adjustment.askedBy].label.toLowerCase()}.
  </p>
)

type FieldsProps = Readonly<{ adjustment?: ShownAdjustment; asked: Temporal.PlainDate }>

const WordsFields = ({ adjustment, asked }: FieldsProps) => (
  <>
    <RadiosFrom name="kind" label="What kind of adjustment is it?" list={adjustmentKinds} value={adjustment?.kind} />
    <TextArea
      name="what"
      label="What exactly?"
      hint="As their manager would read it, for example: starts at 10 on Mondays and Tuesdays. Never write a diagnosis or why they need it: this goes into their passport."
      rows={3}
      maximum={300}
      value={adjustment?.what}
    />
    <RadiosFrom name="askedBy" label="Who asked for it?" list={askers} value={adjustment?.askedBy} />
    <DateField name="asked" label="When was it asked for?" value={asked.toString()} />
  </>
)
