import { dayOf, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Inset, WarningCallout } from '#platform/html/content.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { Timeline } from '#platform/html/lists.tsx'
import { FormPage } from '#platform/html/page.tsx'

type Hold = Readonly<{
  id: string
  reason: string
  at: Temporal.Instant
  by: string | null
  liftedAt: Temporal.Instant | null
  liftedBy: string | null
  liftedBecause: string | null
}>

type HoldProps = FormState &
  Readonly<{ id: string; person: Readonly<{ id: string; name: string }>; holds: readonly Hold[] }>

/** Holding a record back, so that no rule and no request erases it, or lifting that. */
export const HoldPage = ({ id, person, holds, ...state }: HoldProps) => {
  const open = holds.find(({ liftedAt }) => liftedAt === null)
  return (
    <FormPage
      title={open ? 'This record is held back' : 'Hold this record back'}
      caption={person.name}
      width="reading"
      back={{ href: `/people/${person.id}/keeping`, label: 'Their record and what they asked' }}
      action={`/people/${person.id}/hold${open ? '/lifting' : ''}`}
      fields={{ id: open?.id ?? id }}
      {...state}
    >
      {open ? <Lift hold={open} /> : <HoldBack />}
      <Lifted holds={holds.filter(({ liftedAt }) => liftedAt !== null)} />
    </FormPage>
  )
}

const HoldBack = () => (
  <>
    <Inset>
      <p>Nobody can erase a record that is held back, for whatever reason, until somebody lifts it.</p>
    </Inset>
    <TextArea
      name="reason"
      label="Why is it held back?"
      hint="For example a claim, an inquiry or a court, and its reference"
      rows={3}
      maximum={400}
    />
    <Button>Hold it back</Button>
  </>
)

const Lift = ({ hold }: Readonly<{ hold: Hold }>) => (
  <>
    <WarningCallout heading="Held back">
      <p>
        {hold.reason} ({hold.by}, {longDay(dayOf(hold.at))})
      </p>
    </WarningCallout>
    <TextField name="because" label="Why may it be lifted?" />
    <Button secondary>Lift the hold</Button>
  </>
)

const Lifted = ({ holds }: Readonly<{ holds: readonly Hold[] }>) =>
  holds.length === 0 ? null : (
    <>
      <h2 className="nhsuk-heading-m">Holds that were lifted</h2>
      <Timeline
        happenings={holds.map(({ id, reason, at, by, liftedAt, liftedBy, liftedBecause }) => ({
          key: id,
          what: reason,
          when: `${longDay(dayOf(at))} to ${liftedAt ? longDay(dayOf(liftedAt)) : ''}`,
          moment: at.toString(),
          by: by ?? undefined,
          text: `Lifted by ${liftedBy ?? 'somebody who has left'}: ${liftedBecause ?? ''}`,
        }))}
        empty=""
      />
    </>
  )
