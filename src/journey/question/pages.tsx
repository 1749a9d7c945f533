import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Inset, WhatWasWritten } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'

type QuestionProps = FormState &
  Readonly<{
    referral: Readonly<{ id: string; reference: string }>
    id: string
    /** By what name whoever referred is known, and where they are written to. */
    to: string
    missing: readonly string[]
  }>

/** Asks whoever referred for what is missing. */
export const AskReferrer = ({ referral, id, to, missing, problems, typed }: QuestionProps) => (
  <FormPage
    title="Ask whoever referred them"
    caption={referral.reference}
    lede={`It goes to ${to}. They get a link, say the date of birth of the person, and answer in words.`}
    back={{ href: `/referrals/${referral.id}`, label: 'Back to the referral' }}
    action={`/referrals/${referral.id}/question`}
    fields={{ id }}
    draft
    width="reading"
    problems={problems}
    typed={typed}
  >
    <Inset>
      <p>
        Ask only for what is missing. Do not say how the person is, whether they came or what they want: whoever
        referred them is told only what the person allows.
      </p>
    </Inset>
    {missing.length > 0 ? <p>Not known yet: {missing.join(', ')}.</p> : null}
    <TextArea name="asks" label="Your question" rows={4} />
    <Button>Send the question</Button>
  </FormPage>
)

/** That nobody can be asked, and what to do instead. */
export const CannotAsk = ({ referral, why }: Pick<QuestionProps, 'referral'> & { why: string }) => (
  <Page
    title="Whoever referred them cannot be asked"
    caption={referral.reference}
    back={{ href: `/referrals/${referral.id}`, label: 'Back to the referral' }}
    width="reading"
  >
    <p>{why}. Ask the person at the first contact.</p>
    <WhatWasWritten />
  </Page>
)
