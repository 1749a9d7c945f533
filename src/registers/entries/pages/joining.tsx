import type { FormState, Typed } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom } from '#platform/html/choices.tsx'
import { FilterForm } from '#platform/html/arrangement.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Entry, entryKinds, wordsOf } from '#registers/entry/rules.ts'

type JoinedProps = Readonly<{
  name: string
  at: string
  into: Readonly<{ id: string; name: string }>
  typed: Typed
}>

/** That somebody else has joined it meanwhile. */
export const JoinedMeanwhile = ({ name, at, into, typed }: JoinedProps) => (
  <Page title="It was joined already" caption={name} back={{ href: at, label: 'Back to the list' }} width="reading">
    <p>
      Somebody has joined {name} with <a href={`${at}/${into.id}`}>{into.name}</a>, which has its services now.
    </p>
    {typed['note'] ? <p>You wrote, and it was not kept: {typed['note']}</p> : null}
  </Page>
)

type JoiningProps = FormState &
  Readonly<{ id: string; version: number; entry: Entry; services: number; others: CodeList; words: string }>

/** Joins an owner or a location with another that is the same. */
export const JoinEntry = ({ id, version, entry, services, others, words, problems, typed }: JoiningProps) => {
  const { at, label } = entryKinds[entry.kind]
  const { name } = entry.document
  const now = <SummaryList compact rows={wordsOf(entry)} />
  return (
    <Page
      title="Join with another"
      caption={name}
      lede={`Where ${name} stands in the directory twice: choose the ${label.toLowerCase()} that stays. It gets ${services === 1 ? 'the one service' : `the ${services} services`} of this one.`}
      back={{ href: `${at}/${id}`, label: name }}
      problems={problems}
      width="reading"
    >
      {now}
      {Object.keys(others).length === 0 ? (
        <p>No other begins so. Type the beginning of its name below.</p>
      ) : (
        <Form action={`${at}/${id}/joining`} edits={{ version, now }} {...{ problems, typed }}>
          <RadiosFrom name="kept" label="Which stays?" list={others} />
          <TextField
            name="note"
            label="How do you know that they are the same? (optional)"
            hint="Stands in the history"
          />
          <p>
            What only this one says, as a way in or an email address, goes over to the one that stays; and where one of
            both is shown to staff only, the one that stays is. Everything that was said of both stays to be read. This
            one is not offered any more, and each service keeps a history to go back to.
          </p>
          <Button>Join them</Button>
        </Form>
      )}
      <h2 className="nhsuk-heading-m">Not among these?</h2>
      <FilterForm action={`${at}/${id}/joining`} label="Look for the other">
        <TextField name="words" label="Name of the other begins with" value={words} />
      </FilterForm>
    </Page>
  )
}
