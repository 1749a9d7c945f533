import { inWords } from '#platform/dates.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Form } from '#platform/html/form.tsx'
import { Card } from '#platform/html/content.tsx'
import { CrisisWords } from '#platform/html/footer.tsx'
import { type Arranged, OutOfHours } from './concerns.tsx'

/** Which of the six points were done, by whom and when. */
export type Ticks = readonly Readonly<{ point: number; at: Temporal.Instant; by: string | null }>[]

type PointsProps = Readonly<{
  concern: string
  arranged: Arranged
  ticks: Ticks
  mayEdit: boolean
  now: Temporal.Instant
}>

/** The area's six points beside a concern, each ticked once it is done. */
export const PointsDone = ({ concern, arranged: { points, outOfHours }, ticks, mayEdit, now }: PointsProps) => {
  return (
    <Card heading="Our six points" tone="accent">
      {outOfHours === undefined ? null : <OutOfHours>{outOfHours}</OutOfHours>}
      <Form action={`/concerns/${concern}/points`}>
        <fieldset className="nhsuk-fieldset nhsuk-form-group">
          <legend className="nhsuk-u-visually-hidden">Points that are done</legend>
          <div className="nhsuk-checkboxes nhsuk-checkboxes--small">
            {points.map(({ point, how }, place) => (
              <OnePoint key={point} number={place + 1} {...{ point, how, mayEdit, now }} ticks={ticks} />
            ))}
          </div>
        </fieldset>
        {mayEdit ? (
          <Button small secondary>
            Save what is done
          </Button>
        ) : null}
      </Form>
      <p>
        <CrisisWords />
      </p>
    </Card>
  )
}

type PointProps = Pick<PointsProps, 'ticks' | 'mayEdit' | 'now'> &
  Readonly<{ number: number; point: string; how: string }>

function OnePoint({ number, point, how, ticks, mayEdit, now }: PointProps) {
  const ticked = ticks.find((one) => one.point === number)
  const id = `point-${number}`
  return (
    <div className="nhsuk-checkboxes__item">
      <input
        className="nhsuk-checkboxes__input"
        type="checkbox"
        id={id}
        name="points"
        value={number}
        defaultChecked={ticked !== undefined}
        disabled={!mayEdit}
        aria-describedby={`${id}-how`}
      />
      <label className="nhsuk-label nhsuk-checkboxes__label" htmlFor={id}>
        {number}. {point}
      </label>
      <p className="nhsuk-hint nhsuk-checkboxes__hint" id={`${id}-how`}>
        {how} {ticked ? `Done ${inWords(ticked.at, now)}${ticked.by === null ? '' : `, ${ticked.by}`}.` : null}
      </p>
    </div>
  )
}
