import type { ReactElement } from 'react'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'

/** How the service answers referrals, in words, and whether that can be contested now. */
export type Answers = Readonly<{ words: ReactElement; mayContest: boolean }>

/** How the service answers those who are passed on to it, as those read it who refer. */
export const HowAnswered = ({ at, answers }: Readonly<{ at: string; answers: Answers }>) => (
  <>
    <h2 className="nhsuk-heading-m">How you answer referrals</h2>
    <p>Those who refer people to you read this beside your service. It does not change the order of services.</p>
    {answers.words}
    <p>
      The range says how far chance may carry a share of so few. Half of the answers, or starts, took no longer than the
      days in the middle.
    </p>
    {answers.mayContest ? (
      <ButtonForm action={at} fields={{ do: 'figures' }} secondary small>
        These figures are not right
      </ButtonForm>
    ) : null}
  </>
)

type ContestProps = FormState & Readonly<{ at: string; areaName: string; name: string; id: string }>

/** What whoever runs a service says against the figures of how it answers. */
export const ContestByLink = ({ at, areaName, name, id, problems, typed }: ContestProps) => (
  <FormPage
    onlyInEnglish
    atWork
    title="What is not right?"
    caption={`${name}, ${areaName}`}
    lede="Your words stand beside the figures, for everybody who reads them, and the answer stands on this link too."
    back={{ href: at, label: 'Back without saying anything' }}
    action={at}
    fields={{ id }}
    {...{ problems, typed }}
  >
    <TextArea
      name="words"
      label="What is not right about these figures?"
      hint="Nothing about a person: the reference of a referral is enough."
      rows={4}
      maximum={1000}
    />
    <TextField name="byName" label="Your name and what you do there" autoComplete="name" />
    <Button name="do" value="contest">
      Send it
    </Button>
  </FormPage>
)
