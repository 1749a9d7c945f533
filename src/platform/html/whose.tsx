import type { ReactNode } from 'react'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from './buttons.tsx'
import { Inset } from './content.tsx'
import { DateField } from './fields.tsx'
import { FormPage } from './page.tsx'
import { Said } from './say.tsx'

export type ProveProps = FormState &
  Readonly<{
    at: Readonly<{ action: string; fields: Readonly<Record<string, string>> }>
    /** How often it may still be tried; left out before the first try. */
    left: number | undefined
    children?: ReactNode
  }>

/** What is behind a link for a person opens to whoever knows when they were born. */
export const ProveWhose = ({ at, left, children, ...state }: ProveProps) => (
  <FormPage title="Something for you to read and answer" action={at.action} fields={at.fields} {...state}>
    {left === undefined ? null : (
      <Inset>
        <p>
          <Said
            text="You can try {left} more times. After that the link stops, and you can ring us for another."
            with={{ left }}
          />
        </p>
      </Inset>
    )}
    <DateField
      name="bornOn"
      label="When were you born?"
      hint="For example, 27 3 1981. We ask so that nobody else can read what is yours."
    />
    <Button>Continue</Button>
    {children}
  </FormPage>
)
