import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Inset } from '#platform/html/content.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { recipients, type Shareable, shareable } from '#journey/request/rules.ts'
import { type Seen, WhatIsAsked } from './seen.tsx'

type Person = Readonly<{ id: string; name: string }>

type AskProps = FormState &
  Readonly<{
    person: Person
    id: string
    values: Readonly<Record<Shareable, string | undefined>>
    /** Who may be told a summary, as the person has agreed. */
    agreed: readonly string[]
  }>

/** Asks a service, an employer or occupational health something, and chooses exactly what they are shown. */
export const AskOutside = ({ person, id, values, agreed, problems, typed }: AskProps) => (
  <FormPage
    title="Ask somebody outside"
    caption={person.name}
    lede="They get a link by email and a code from you by phone. They see only what you choose here, and you see it as they will before it goes."
    back={{ href: `/people/${person.id}/requests`, label: 'What was asked' }}
    action={`/people/${person.id}/requests/preview`}
    fields={{ id }}
    draft
    width="reading"
    problems={problems}
    typed={typed}
  >
    <Agreed person={person} agreed={agreed} />
    <Recipient />
    <TextArea
      name="asks"
      label="What do you ask?"
      hint="One question that can be answered with yes or no. No diagnosis, unless the person wants it said."
      rows={4}
    />
    <CheckboxesFrom
      name="share"
      label="What may they see besides the name?"
      hint="Only what they need to answer. An employer is never shown the date of birth."
      list={listOf(values)}
    />
    <TextArea
      name="help"
      label="What would help (optional)"
      hint="What the person can do and what would make it easier, in words they have agreed with you."
      rows={4}
    />
    <Button>See it as they will</Button>
  </FormPage>
)

/** Whom a request goes to. */
const Recipient = () => (
  <>
    <RadiosFrom name="kind" label="Whom do you ask?" list={recipients} />
    <TextField
      name="organisation"
      label="Name of the service, employer or practice"
      hint="As the person knows it: it is who they agreed may be told."
      width={30}
    />
    <TextField name="contact" label="Who reads it there (optional)" width={20} />
    <TextField
      name="email"
      label="Email address"
      hint="Check it with them on the phone. Only whoever reads it there and has the code can open the link."
      type="email"
      width={30}
    />
  </>
)

const listOf = (values: AskProps['values']) =>
  Object.fromEntries(
    // Checked: the keys of the list are its codes.
    (Object.keys(shareable) as Shareable[])
      .filter((code) => values[code] !== undefined)
      .map((code) => [code, { label: shareable[code].label, hint: values[code] ?? '' }]),
  )

const Agreed = ({ person, agreed }: Pick<AskProps, 'person' | 'agreed'>) => (
  <Inset>
    {agreed.length === 0 ? (
      <p>
        They have not agreed yet that anybody outside is told a summary. <a href={asking(person)}>Ask them</a> before
        you go on.
      </p>
    ) : (
      <p>
        They have agreed that a summary goes to: {agreed.join(', ')}. <a href={asking(person)}>Ask about another</a>
      </p>
    )}
  </Inset>
)

const asking = ({ id }: Person) => `/people/${id}/agreements/new`

type PreviewProps = Seen &
  Readonly<{
    person: Person
    to: string
    kind: string
    buttons: readonly string[]
    fields: Readonly<Record<string, string>>
    share: readonly string[]
  }>

/** The request as its recipient will see it, before it goes. */
export const PreviewRequest = ({ person, to, kind, buttons, fields, share, ...seen }: PreviewProps) => (
  <Page
    title="This is what they will see"
    caption={person.name}
    lede={`It goes to ${to}, as ${kind.toLowerCase()}.`}
    width="reading"
  >
    <Card tone="quiet" heading="A question for you" level={2}>
      <WhatIsAsked {...seen} />
      <p>They answer with one of: {buttons.join(' · ')}, and a note.</p>
    </Card>
    <Form action={`/people/${person.id}/requests`} fields={fields}>
      {share.map((one) => (
        <input key={one} type="hidden" name="share" value={one} />
      ))}
      <ButtonGroup>
        <Button>Send it</Button>
        <Button secondary action={`/people/${person.id}/requests/changes`}>
          Change it
        </Button>
      </ButtonGroup>
    </Form>
  </Page>
)
