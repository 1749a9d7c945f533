import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, RadiosFrom, Tick } from '#platform/html/choices.tsx'
import { EmptyState } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type AdjustmentKind, adjustmentKinds } from '#journey/support/adjustments/rules.ts'
import type { Proposal, Shown } from '#journey/support/three-way/rules.ts'

type Choice = Readonly<{
  id: string
  contact: string
  organisation: string
  email: string | null
  shared: readonly Shown[]
  said: Readonly<{ adjustments: boolean; phasedReturn: boolean }>
  allowedBy?: string
}>

type PutProps = FormState &
  Readonly<{
    episode: string
    person: Readonly<{ id: string; name: string }>
    adjustments: readonly Readonly<{ id: string; kind: AdjustmentKind; what: string }>[]
    hasReturn: boolean
    choices: readonly Choice[]
    /** What was put to somebody before, to begin from. */
    before?: Proposal | undefined
    id: string
  }>

/** Chooses what is put to somebody at a person's work; it is seen as they will before it goes. */
export const PutToEmployer = (props: PutProps) => {
  const { episode, person, adjustments, hasReturn, choices, id, problems, typed } = props
  const back = { href: `/episodes/${episode}/three-way` }
  if (choices.length === 0 || (adjustments.length === 0 && !hasReturn)) return <NotYet {...props} />
  return (
    <FormPage
      title="Put it to the employer"
      caption={person.name}
      lede="You see it as they will before it goes. They answer each of them by itself."
      back={back}
      action={`/episodes/${episode}/three-way`}
      fields={{ id }}
      draft
      width="reading"
      {...{ problems, typed }}
    >
      <WhomAndWhat {...props} />
      <Button>See it as they will</Button>
    </FormPage>
  )
}

const WhomAndWhat = ({ choices, adjustments, hasReturn, before }: PutProps) => (
  <>
    <RadiosFrom
      name="workplace"
      label="Whom do you ask?"
      list={Object.fromEntries(
        choices.map((one) => [one.id, { label: `${one.contact}, ${one.organisation}`, hint: toldInWords(one) }]),
      )}
      value={before?.workplace ?? (choices.length === 1 ? choices[0]?.id : undefined)}
    />
    <TextArea
      name="asks"
      label="What do you ask of them?"
      hint="A sentence or two in front of the list. No diagnosis, and nothing the person has not agreed to."
      rows={3}
      maximum={1000}
      value={before?.asks}
    />
    {adjustments.length > 0 ? (
      <CheckboxesFrom
        name="items"
        label="Which adjustments?"
        list={Object.fromEntries(
          adjustments.map((one) => [one.id, { label: one.what, hint: adjustmentKinds[one.kind].label }]),
        )}
        value={before?.items.map(({ adjustment }) => adjustment)}
      />
    ) : null}
    {hasReturn ? (
      <Tick
        name="withReturn"
        label="The phased return, as it is laid out now"
        hint="Days, hours and work of each week. Never pay."
        value={(before?.phasedReturn ?? null) !== null}
      />
    ) : null}
  </>
)

function toldInWords({ allowedBy, email, shared, said }: Choice): string {
  if (!allowedBy) return 'The person has not agreed that they are told anything'
  const parts = [
    ...shared.map(({ label }) => label.toLowerCase()),
    ...(said.adjustments ? ['adjustments'] : []),
    ...(said.phasedReturn ? ['the phased return'] : []),
  ]
  const told = parts.length > 0 ? `May be told: ${parts.join(', ')}` : 'Ask first what exactly may be said'
  return email === null ? `${told}. No email address is known: you tell them yourself` : told
}

const NotYet = ({ episode, person, choices }: PutProps) => (
  <Page
    title="Put it to the employer"
    caption={person.name}
    back={{ href: `/episodes/${episode}/three-way` }}
    width="reading"
  >
    {choices.length === 0 ? (
      <EmptyState
        heading="Nobody at their work is written down"
        action={<LinkButton href={`/people/${person.id}/employer`}>Write down whom we talk to</LinkButton>}
      >
        Ask the person whom they want us to talk to, and what may be said.
      </EmptyState>
    ) : (
      <EmptyState
        heading="There is nothing to put to them yet"
        action={<LinkButton href={`/episodes/${episode}/adjustments/new`}>Write an adjustment down</LinkButton>}
      >
        Write down which adjustments are asked for, or lay out a phased return.
      </EmptyState>
    )}
  </Page>
)
