import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { FormPage } from '#platform/html/page.tsx'

type HandOverProps = FormState &
  Readonly<{
    concern: string
    person: string
    colleagues: Readonly<Record<string, Readonly<{ label: string }>>>
  }>

/** Hands a concern to somebody else, who is told at once. */
export const HandOver = ({ concern, person, colleagues, problems, typed }: HandOverProps) => (
  <FormPage
    title="Hand this concern to somebody else"
    caption={person}
    lede="They are told at once. Until they say that they have it, the clock runs as it did before."
    back={{ href: `/concerns/${concern}`, label: 'Back to the concern' }}
    action={`/concerns/${concern}/owner`}
    width="reading"
    problems={problems}
    typed={typed}
  >
    <SelectFrom name="owner" label="Who takes it on?" hint="Everybody who may read this concern" list={colleagues} />
    <Button>Hand it over</Button>
  </FormPage>
)
