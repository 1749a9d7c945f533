import type { Problem, Typed } from '#platform/form/rules.ts'
import { inWords } from '#platform/dates.ts'
import { Beside } from '#platform/html/arrangement.tsx'
import { Button, ButtonGroup } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { CrisisWords } from '#platform/html/footer.tsx'
import { Form } from '#platform/html/form.tsx'
import { SideList, SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { barriers } from '#journey/assessment/rules.ts'
import {
  InWords,
  MattersPart,
  type Part,
  PartOf,
  parts,
  PhysicalPart,
  PsychologicalPart,
  SocialPart,
  WorkPart,
} from './parts.tsx'
import type { MayHelp } from './may-help.tsx'
import { fieldLabel, inPlainWords, Measures, type ShownMeasure } from './shown.tsx'
import { type SaidBefore, WhatTheReferralSaid } from './said-before.tsx'
import { differences } from './typed.tsx'

/** What is saved of the conversation now, by whom and when. */
export type Saved = Readonly<{ answers: Typed; by: string | null; at: Temporal.Instant }>

export type ConversationProps = Readonly<{
  person: Readonly<{ id: string; name: string }>
  episode: string
  id: string
  version: number
  typed: Typed
  problems: readonly Problem[]
  measures: readonly ShownMeasure[]
  /** Questionnaires the area has switched on beside the usual ones. */
  optional: readonly Readonly<{ code: string; label: string }>[]
  saved: Saved | undefined
  /** What may be done about each barrier, by the area's library. */
  mayHelp: MayHelp
  /** What the referrals said before anybody spoke with the person, the earliest first. */
  said: readonly SaidBefore[]
  now: Temporal.Instant
}>

/** The first conversation: one page, any order, saved as it is typed and on every button. */
export const Conversation = (props: ConversationProps) => {
  const { person, episode, id, version, typed, problems, saved, said, mayHelp, now } = props
  const concerns = `/episodes/${episode}/concerns/new`
  return (
    <Page
      title="First conversation"
      caption={person.name}
      lede="Fill in what comes up, in any order. Everything may be left open and taken up again later."
      back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
      problems={problems}
    >
      <Beside
        side="left"
        sticky
        beside={<SideList label="Parts of the conversation" parts={stateOf(typed, props.measures.length)} />}
      >
        <InDanger concerns={concerns} />
        <WhatTheReferralSaid said={said} />
        <Form
          action={`/episodes/${episode}/assessment`}
          fields={{ id }}
          edits={{ version, now: saved ? <BothVersions {...{ saved, typed, now }} /> : null }}
          draft
          problems={problems}
          typed={typed}
        >
          <WorkPart {...{ said, mayHelp }} />
          <PhysicalPart {...{ said, mayHelp }} />
          <PsychologicalPart {...{ said, mayHelp }} />
          <SocialPart {...{ said, mayHelp, concerns }} />
          <MattersPart />
          <MeasuresPart {...props} />
          <HeardPart />
        </Form>
      </Beside>
    </Page>
  )
}

const InDanger = ({ concerns }: { concerns: string }) => {
  return (
    <Inset>
      <p>
        <strong>If somebody may be in danger:</strong> <CrisisWords />
      </p>
      <p>
        <a href={concerns}>Write down a concern</a>
      </p>
    </Inset>
  )
}

const MeasuresPart = ({ measures, optional }: ConversationProps) => (
  <PartOf part="measures" prompts={[]}>
    <p>Asked now and again at the end, so that the person can see what has changed for them.</p>
    <Measures measures={measures} />
    <ButtonGroup>
      <Button name="next" value="baseline" secondary>
        Save and ask the usual questions
      </Button>
      {optional.map(({ code, label }) => (
        <Button key={code} name="next" value={code} secondary>
          {`Save and ask ${label}`}
        </Button>
      ))}
    </ButtonGroup>
  </PartOf>
)

const mainList = Object.fromEntries(
  Object.entries(barriers).map(([code, { part, label }]) => [code, { label: `${parts[part].label}: ${label}` }]),
)

const HeardPart = () => (
  <PartOf part="heard" prompts={['Read it back: did I get that right?', 'Of all this, what would you change first?']}>
    <SelectFrom
      name="main"
      label="Of everything marked, what stands in the way most?"
      list={mainList}
      among="barriers-"
    />
    <InWords part="heard" hint="A few sentences the person would agree with." />
    <ButtonGroup>
      <Button name="next" value="finish">
        Finish the conversation
      </Button>
      <Button name="next" value="heard" secondary>
        Save and come back later
      </Button>
    </ButtonGroup>
  </PartOf>
)

const partOf: Readonly<Record<string, Part>> = { health: 'physical', main: 'heard', id: 'measures' }

function stateOf(typed: Typed, measured: number) {
  const begun = new Set(
    Object.entries(typed)
      .filter(([field, value]) => value.length > 0 && !/^(severity-|id$|next$|csrf$|version$)/.test(field))
      .map(([field]) => partOf[field] ?? /^(?:words|own|barriers)-(\w+)$/.exec(field)?.[1] ?? 'work'),
  )
  return Object.entries(parts).map(([part, { label }]) => {
    const done = part === 'measures' ? measured > 0 : begun.has(part)
    return { href: `#${part}`, label, state: done ? 'Begun' : 'Nothing yet', done }
  })
}

type BothProps = Readonly<{ saved: Saved; typed: Typed; now: Temporal.Instant }>

/** Both versions, field by field, so that nobody's words are lost. */
const BothVersions = ({ saved, typed, now }: BothProps) => (
  <>
    <p>
      {saved.by ?? 'Somebody'} saved this conversation {inWords(saved.at, now)}. Where the two differ:
    </p>
    <SummaryList
      missing="Nothing"
      rows={differences(saved.answers, typed).map((field) => ({
        label: fieldLabel(field),
        value: (
          <>
            <p>
              There now: <strong>{inPlainWords(field, saved.answers[field]) || 'nothing'}</strong>
            </p>
            <p>
              You typed: <strong>{inPlainWords(field, typed[field]) || 'nothing'}</strong>
            </p>
          </>
        ),
      }))}
    />
    <p>Copy into your text what should stay of theirs: what is in the form when you save counts.</p>
  </>
)
