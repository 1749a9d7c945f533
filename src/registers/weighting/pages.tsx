import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Inset } from '#platform/html/content.tsx'
import { type Decision, Decisions } from '#platform/html/decisions.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { pointName, pointParts, type Points, setByTheArea } from './rules.ts'

type PointsProps = FormState &
  Readonly<{ held: Points; decisions: readonly Decision[]; version: string; from: Temporal.PlainDate }>

/** What looking after somebody weighs, from a day on. */
export const PointsForm = ({ held, decisions, version, from, problems, typed }: PointsProps) => (
  <Page
    title="Caseload weight"
    lede="How much work it is to look after somebody, in points. It helps to share people out fairly, and decides nothing by itself."
    back={{ href: '/area', label: 'Area' }}
    problems={problems}
    width="reading"
  >
    <Inset>
      <p>{setByTheArea}</p>
      <p>What stands here until you change it is a table to begin with. Talk it over with your coaches first.</p>
    </Inset>
    <Form
      action="/area/weighting"
      edits={{ version, now: <DecidedHere decisions={decisions} /> }}
      draft
      {...{ problems, typed }}
    >
      {pointParts.map((part) => (
        <Part key={part.heading} {...part} held={held} />
      ))}
      <h2 className="nhsuk-heading-m">From when, and why</h2>
      <DateField name="from" label="In force from" value={from.toString()} />
      <TextField name="reason" label="Why (optional)" />
      <Button>Save</Button>
    </Form>
    <h2 className="nhsuk-heading-m">What was decided before</h2>
    <DecidedHere decisions={decisions} />
  </Page>
)

type PartProps = (typeof pointParts)[number] & Pick<PointsProps, 'held'>

const Part = ({ heading, says, numbers, held }: PartProps) => {
  const values: Readonly<Record<string, number>> = held
  return (
    <section>
      <h2 className="nhsuk-heading-m">{heading}</h2>
      <p>{says}</p>
      {Object.entries<{ label: string; hint: string }>(numbers).map(([name, { label, hint }]) => (
        <TextField
          key={name}
          {...{ name, label }}
          {...(hint === '' ? {} : { hint })}
          width={4}
          suffix="points"
          inputMode="numeric"
          value={`${values[name]}`}
        />
      ))}
    </section>
  )
}

const DecidedHere = ({ decisions }: Pick<PointsProps, 'decisions'>) => (
  <Decisions
    decisions={decisions}
    nameOf={pointName}
    valueOf={(value) => `${String(value)} points`}
    empty="Nothing has been decided yet. The table to begin with holds."
  />
)
