import type { Problem, Typed } from '#platform/form/rules.ts'
import { inWords } from '#platform/dates.ts'
import { Beside } from '#platform/html/arrangement.tsx'
import { Button, ButtonGroup } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Inset, WarningCallout } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { SideList, SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { useShell } from '#platform/html/shell.tsx'
import { type InstrumentCode, instruments } from '#registers/questionnaires/rules.ts'
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
import { fieldLabel, inPlainWords, Measures, type ShownMeasure } from './shown.tsx'
import { differences } from './typed.tsx'

/** What somebody else saved since this reader opened the page. */
export type Clash = Readonly<{ stored: Typed; by: string | null; at: Temporal.Instant }>

export type ConversationProps = Readonly<{
  person: Readonly<{ id: string; name: string }>
  episode: string
  id: string
  version: number
  typed: Typed
  problems: readonly Problem[]
  measures: readonly ShownMeasure[]
  /** Questionnaires the area has switched on beside the usual ones. */
  optional: readonly InstrumentCode[]
  clash?: Clash | undefined
  now: Temporal.Instant
}>

/** The first conversation: one page, any order, saved as it is typed and on every button. */
export const Conversation = (props: ConversationProps) => {
  const { person, episode, id, version, typed, problems, clash, now } = props
  const concerns = `/episodes/${episode}/concerns/new`
  return (
    <Page
      title="First conversation"
      caption={person.name}
      lede="Fill in what comes up, in any order. Everything may be left open and taken up again later."
      back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
      problems={problems}
    >
      {clash ? <BothVersions clash={clash} typed={typed} now={now} /> : null}
      <Beside
        side="left"
        sticky
        beside={<SideList label="Parts of the conversation" parts={stateOf(typed, props.measures.length)} />}
      >
        <InDanger concerns={concerns} />
        <Form
          action={`/episodes/${episode}/assessment`}
          version={version}
          // The draft keeps what version it was typed on; the version field itself belongs to the page.
          fields={{ id, seen: `${version}` }}
          draft={`assessment:${episode}`}
          problems={problems}
          typed={typed}
        >
          <WorkPart />
          <PhysicalPart />
          <PsychologicalPart />
          <SocialPart concerns={concerns} />
          <MattersPart />
          <MeasuresPart {...props} />
          <HeardPart />
        </Form>
      </Beside>
    </Page>
  )
}

const InDanger = ({ concerns }: { concerns: string }) => {
  const { area } = useShell()
  return (
    <Inset>
      <p>
        <strong>If somebody may be in danger:</strong> {area?.crisisText}
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
      {optional.map((code) => (
        <Button key={code} name="next" value={code} secondary>
          {`Save and ask ${instruments[code].label}`}
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
    <SelectFrom name="main" label="Of everything marked, what stands in the way most?" list={mainList} />
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

const partOf: Readonly<Record<string, Part>> = { health: 'physical', main: 'heard', seen: 'measures', id: 'measures' }

function stateOf(typed: Typed, measured: number) {
  const begun = new Set(
    Object.entries(typed)
      .filter(([field, value]) => value.length > 0 && !/^(severity-|seen$|id$|next$|csrf$|version$)/.test(field))
      .map(([field]) => partOf[field] ?? /^(?:words|own|barriers)-(\w+)$/.exec(field)?.[1] ?? 'work'),
  )
  return Object.entries(parts).map(([part, { label }]) => {
    const done = part === 'measures' ? measured > 0 : begun.has(part)
    return { href: `#${part}`, label, state: done ? 'Begun' : 'Nothing yet', done }
  })
}

type BothProps = Readonly<{ clash: Clash; typed: Typed; now: Temporal.Instant }>

/** Both versions, field by field, so that nobody's words are lost. */
const BothVersions = ({ clash, typed, now }: BothProps) => (
  <WarningCallout heading="Somebody else has saved this conversation meanwhile">
    <p>
      {clash.by ?? 'Somebody'} saved it {inWords(clash.at, now)}. What you typed is still in the form below and is not
      saved yet. Where the two differ:
    </p>
    <SummaryList
      missing="Nothing"
      rows={differences(clash.stored, typed).map((field) => ({
        label: fieldLabel(field),
        value: (
          <>
            <p>
              There now: <strong>{inPlainWords(field, clash.stored[field]) || 'nothing'}</strong>
            </p>
            <p>
              You typed: <strong>{inPlainWords(field, typed[field]) || 'nothing'}</strong>
            </p>
          </>
        ),
      }))}
    />
    <p>Copy into your text what should stay of theirs, then save: what is in the form then counts.</p>
  </WarningCallout>
)
