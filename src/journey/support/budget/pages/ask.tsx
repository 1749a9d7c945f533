import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, EmptyState, Inset, Tag, WhatWasWritten } from '#platform/html/content.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { inPounds } from '#journey/support/budget-limit/rules.ts'
import { type Left, type Standing, standings, type Supplier, suppliers } from '#journey/support/budget/rules.ts'

export type Whose = Readonly<{ episode: string; person: Readonly<{ id: string; name: string }> }>

type Listed = Readonly<{ id: string; what: string; supplier: Supplier; standing: Standing; cost: number }>
type OfPersonProps = Whose & Readonly<{ requests: readonly Listed[]; left: Left | undefined; mayAsk: boolean }>

/** What is paid for somebody, and how much is left for them. */
export const PaidHelp = ({ episode, person, requests, left, mayAsk }: OfPersonProps) => (
  <Page
    title="Paid help"
    caption={person.name}
    lede="What the intervention budget pays for in this spell of support: asked for, approved, attended and paid."
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    width="reading"
  >
    <WhatIsLeft left={left} />
    {mayAsk && requests.length > 0 ? <Ask episode={episode} /> : null}
    {requests.length === 0 ? (
      <EmptyState heading="Nothing was asked for yet" action={mayAsk ? <Ask episode={episode} /> : undefined}>
        A few sessions of physiotherapy, a certificate for a new job, work shoes: ask when something small stands
        between them and work and nobody else pays for it in time.
      </EmptyState>
    ) : null}
    {requests.map(({ id, what, supplier, standing, cost }) => (
      <Card
        key={id}
        heading={what}
        tag={<Tag colour={standings[standing].colour}>{standings[standing].label}</Tag>}
        actions={
          <a href={`/budget/requests/${id}`}>
            Open<span className="nhsuk-u-visually-hidden"> {what}</span>
          </a>
        }
      >
        <p>
          {inPounds(cost)}, {suppliers[supplier].label.toLowerCase()}
        </p>
      </Card>
    ))}
  </Page>
)

const Ask = ({ episode }: Readonly<{ episode: string }>) => (
  <p>
    <LinkButton href={`/episodes/${episode}/budget/new`}>Ask for money</LinkButton>
  </p>
)

/** How much may still be committed, for the person and in the area. */
export const WhatIsLeft = ({ left }: Readonly<{ left: Left | undefined }>) =>
  left === undefined ? (
    <Inset>
      <p>No budget is set for today. Nothing can be approved until your service manager sets one.</p>
    </Inset>
  ) : (
    <SummaryList
      compact
      rows={[
        { label: 'Left for them', value: inPounds(Math.max(0, Math.min(left.person, left.area))) },
        { label: 'Left in the area', value: inPounds(Math.max(0, left.area)) },
      ]}
    />
  )

type AskProps = FormState & Whose & Readonly<{ id: string; left: Left | undefined }>

/** Asks for money for one thing. */
export const AskForMoney = ({ episode, person, id, left, ...state }: AskProps) => (
  <FormPage
    {...state}
    title="Ask for money"
    caption={person.name}
    back={{ href: `/episodes/${episode}/budget`, label: 'Back to paid help' }}
    width="reading"
    action={`/episodes/${episode}/budget`}
    fields={{ id }}
    draft
  >
    <WhatIsLeft left={left} />
    <TextField name="what" label="What for?" hint="The person reads this, for example: six sessions of physiotherapy" />
    <RadiosFrom name="supplier" label="From what kind of supplier?" list={suppliers} />
    <TextField name="cost" label="What does it cost, in pounds?" hint="For example 240 or 240.50, with VAT" />
    <TextArea
      name="why"
      label="Why is it needed?"
      hint="What it changes for their work, and why nobody else pays for it in time. No diagnosis."
      rows={4}
      maximum={1000}
    />
    <Button>Ask for it</Button>
  </FormPage>
)

/** That nothing is asked for once support has ended, with what was written for it. */
export const SupportEnded = ({ episode, person }: Whose) => (
  <Page
    title="Support has ended"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    width="reading"
  >
    <p>Nothing is asked for from the budget any more. If they come back, a new referral begins another spell.</p>
    <WhatWasWritten />
    <p>
      <a href={`/episodes/${episode}/budget`}>What was paid for them so far</a>
    </p>
  </Page>
)
