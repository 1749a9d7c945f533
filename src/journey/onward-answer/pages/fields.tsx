import { RadiosFrom } from '#platform/html/choices.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { declines, outcomes } from '#journey/onward/rules.ts'
import { type Saying, sayings } from '#journey/onward-answer/rules.ts'

type SaidProps = Readonly<{ label: string; sayable: readonly Saying[]; as: 'label' | 'heard' }>

/** What came of it, each with what belongs to it. */
export const SaidFields = ({ label, sayable, as }: SaidProps) => (
  <RadiosFrom
    name="said"
    label={label}
    list={Object.fromEntries(sayable.map((code) => [code, { label: sayings[code][as] }]))}
    reveal={Object.fromEntries(sayable.map((code) => [code, belongs[code]]))}
  />
)

const belongs = {
  accepted: undefined,
  waiting: (
    <>
      <TextField name="place" label="Place in the queue (if known)" inputMode="numeric" width={4} />
      <DateField name="expected" label="When is it expected to begin? (if known)" />
    </>
  ),
  declined: <RadiosFrom name="reason" label="Why?" list={declines} />,
  started: <DateField name="started" label="On which day did it start?" />,
  attended: (
    <>
      <TextField name="sessions" label="How often have they come?" inputMode="numeric" width={4} />
      <DateField name="last" label="When was the last time?" />
    </>
  ),
  ended: (
    <>
      <RadiosFrom name="outcome" label="What came of it?" list={outcomes} />
      <DateField name="ended" label="On which day did it end?" />
    </>
  ),
} as const
