import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Tick } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'

type SignProps = FormState &
  Readonly<{
    month: Readonly<{ value: string; label: string }>
    digest: string
    reasons: readonly string[]
    /** Whether it was signed before, so that signing it again is a correction. */
    again: boolean
    changed: boolean
  }>

/** Signs a month, or a month that has changed since, with the reason. */
export const SignForm = ({ month, digest, reasons, again, changed, problems, typed }: SignProps) => {
  const heading = again ? 'Sign a correction' : 'Sign this month'
  if (reasons.length > 0 || (again && !changed)) {
    return (
      <>
        <h2>{heading}</h2>
        <Inset>{reasons.length > 0 ? `${reasons.join('. ')}.` : 'There is nothing to correct.'}</Inset>
      </>
    )
  }
  return (
    <>
      <h2>{heading}</h2>
      <Form action={`/monitoring/return/${month.value}/signature`} fields={{ digest }} {...{ problems, typed }}>
        {again ? (
          <TextField
            name="reason"
            label="Why the month is signed again"
            hint="Everybody who reads the month reads this. Never name a person"
          />
        ) : null}
        <Tick
          name="looked"
          label={`I have looked at the figures for ${month.label} and sign them with my name`}
          hint={`The figures are kept as they are now.${again ? ' The earlier version stays readable.' : ''}`}
        />
        <Button>{again ? 'Sign the correction' : 'Sign'}</Button>
      </Form>
    </>
  )
}
