import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Inset } from '#platform/html/content.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { type Entry, entryKinds, wordsOf } from '#registers/entry/rules.ts'
import type { Owner } from '#registers/services/rules.ts'
import { LocationFields } from './location.tsx'

type ChangeProps = FormState &
  Readonly<{ id: string; proposal: string; version: number; entry: Entry; services: number; decides: boolean }>

/** Says what should stand of an owner or a location: at once for those who decide, as a proposal for others. */
export const ChangeEntry = ({ id, proposal, version, entry, services, decides, problems, typed }: ChangeProps) => {
  const { at } = entryKinds[entry.kind]
  const { name } = entry.document
  return (
    <FormPage
      title={`Change ${name}`}
      back={{ href: `${at}/${id}`, label: name }}
      action={`${at}/${id}/change`}
      fields={{ id: proposal }}
      edits={{ version, now: <SummaryList compact rows={wordsOf(entry)} /> }}
      {...{ problems, typed }}
      width="reading"
    >
      <Inset>
        <p>
          {services === 1 ? 'It changes for one service.' : `It changes for ${services} services.`}
          {decides ? null : ' It stands there once those who look after the directory have accepted it.'}
        </p>
      </Inset>
      {entry.kind === 'owner' ? <OwnerFields owner={entry.document} /> : <LocationFields location={entry.document} />}
      <TextField name="note" label="What is new, and why? (optional)" hint="Stands in the history" />
      <Button>{decides ? 'Save' : 'Send this proposal'}</Button>
    </FormPage>
  )
}

const OwnerFields = ({ owner }: Readonly<{ owner: Owner }>) => (
  <>
    <TextField name="name" label="Name" hint="The organisation, as it calls itself" value={owner.name} />
    <TextArea name="about" label="What is it? (optional)" value={owner.about ?? ''} rows={3} maximum={1000} />
    <TextField name="url" label="Website (optional)" type="url" value={owner.url ?? ''} />
    <TextField name="email" label="Email (optional)" type="email" value={owner.email ?? ''} />
    <TextArea
      name="contact"
      label="Whom to ask for (optional)"
      hint="One on each line, the post before a name: Duty adviser, 01632 960001"
      value={owner.contact ?? ''}
      rows={2}
    />
  </>
)
