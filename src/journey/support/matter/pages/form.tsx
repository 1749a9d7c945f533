import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom, Tick } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { noLinkSent } from '#registers/online/rules.ts'
import { waysOffline, waysToTell } from '#journey/support/matter/rules.ts'

export type Whose = Readonly<{
  episode: string
  person: Readonly<{ id: string; name: string }>
  /** Whether their online access is closed, so that no message leads them to their own pages. */
  closed: boolean
}>

/** That no message can tell them, and what to do instead. */
export const NothingOnline = () => (
  <Inset>
    <p>
      <strong>{noLinkSent}</strong> Tell them in person or by phone.
    </p>
  </Inset>
)

type Words = Readonly<{ asks?: string; summary: string; urgent?: boolean; whyUrgent?: string | null }>
type NewProps = FormState & Whose & Readonly<{ id: string; draft: string }>

/** Puts something to the team: the question, what the team needs for it, and how the person was told. */
export const NewMatter = ({ episode, person, closed, id, draft, ...state }: NewProps) => (
  <FormPage
    {...state}
    title="Put something to the team"
    caption={person.name}
    lede="Clinicians and others advise on it at their next meeting. They read what you write here and nothing else of the record."
    back={{ href: `/episodes/${episode}/matters`, label: 'Back to the team' }}
    width="reading"
    action={`/episodes/${episode}/matters`}
    fields={{ id }}
    draft
  >
    <WordsFields words={{ summary: draft }} />
    {closed ? <NothingOnline /> : null}
    <RadiosFrom
      name="told"
      label="How do they know?"
      hint="Nobody is talked about without knowing it. They read the same words as the team, and may say no."
      list={waysToTell}
      {...(closed ? { only: waysOffline } : {})}
    />
    <Button>Put it to the team</Button>
  </FormPage>
)

type Shown = Readonly<{ id: string; version: number; asks: string }> & Words
type EditProps = FormState & Whose & Readonly<{ matter: Shown }>

/** Changes what is put to the team. */
export const EditMatter = ({ episode, person, matter, ...state }: EditProps) => (
  <FormPage
    {...state}
    title="Change what the team reads"
    caption={person.name}
    back={{ href: `/episodes/${episode}/matters/${matter.id}` }}
    width="reading"
    action={`/episodes/${episode}/matters/${matter.id}/words`}
    edits={{ version: matter.version, now: <AsItStands {...matter} /> }}
    draft
  >
    <Inset>
      <p>If it says more than before, tell the person again.</p>
    </Inset>
    <WordsFields words={matter} />
    <Button>Save</Button>
  </FormPage>
)

const AsItStands = ({ asks, summary }: Shown) => (
  <>
    <p>{asks}</p>
    <p className="ww-words">{summary}</p>
  </>
)

const WordsFields = ({ words }: Readonly<{ words: Words }>) => (
  <>
    <TextArea
      name="asks"
      label="What do you ask the team?"
      hint="One question, for example: would physiotherapy help before they lift again?"
      rows={3}
      maximum={500}
      value={words.asks}
    />
    <TextArea
      name="summary"
      label="What does the team need to know for it?"
      hint="Drafted from the plan. Take out what the question does not need: no name, no address, nothing about other people, nothing about a concern."
      rows={8}
      maximum={2000}
      value={words.summary}
    />
    <Tick
      name="urgent"
      label="It cannot wait for its turn"
      value={words.urgent ?? false}
      reveal={<TextField name="whyUrgent" label="Why can it not wait?" value={words.whyUrgent ?? undefined} />}
    />
  </>
)
