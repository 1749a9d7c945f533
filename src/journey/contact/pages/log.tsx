import { dayInWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Beside } from '#platform/html/arrangement.tsx'
import { Button } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Tag } from '#platform/html/content.tsx'
import { Folded } from '#platform/html/form.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { dueWhat, type Next, type Result, results } from '#journey/contact/rules.ts'
import { mayLeaveMessage, type Reaching, stateOfWay, ways } from '#journey/reaching/rules.ts'
import { HowToReach, MayBeUnreachable, type Reached, SafetyFirst } from './reach.tsx'

export type LogProps = FormState &
  Readonly<{
    id: string
    episode: string
    person: Reached
    reaching: Reaching
    /** What is proposed after each result, were it to happen now; nothing once support is over. */
    proposals: Readonly<Record<Result, Next>> | undefined
    clock: Readonly<{ words: string; late: boolean }> | undefined
    unreachable: boolean
    today: Temporal.PlainDate
  }>

/** Three fields and done: how, what came of it, a few words. Everything else has its usual answer. */
export const LogContact = ({ problems, typed, ...log }: LogProps) => (
  <FormPage
    title="Log a contact"
    caption={log.person.name}
    back={{ href: `/people/${log.person.id}`, label: 'Back to the record' }}
    action={`/episodes/${log.episode}/contacts`}
    fields={{ id: log.id }}
    draft
    problems={problems}
    typed={typed}
  >
    <Beside beside={<HowToReach {...log} />}>
      <SafetyFirst {...log} />
      {log.clock ? <FirstTry {...log.clock} /> : null}
      {log.unreachable ? <MayBeUnreachable episode={log.episode} /> : null}
      <Tried reaching={log.reaching} />
      <CameOfIt {...log} />
      <TextArea name="note" label="Note, in a few words" hint="You can leave this empty." rows={3} maximum={2000} />
      <Folded summary="It happened earlier" fields={['on', 'time']}>
        <DateField name="on" label="On which day?" hint="Leave this empty if it is now." />
        <TextField name="time" label="At what time?" hint="For example 09:15" width={5} />
      </Folded>
      <Folded summary="Set another next contact than the one proposed" fields={['next']}>
        <DateField name="next" label="When is the next contact?" />
        <SelectFrom name="next-way" label="How?" list={ways} empty="Not decided" />
      </Folded>
      <Button>Save contact</Button>
    </Beside>
  </FormPage>
)

const FirstTry = ({ words, late }: Readonly<{ words: string; late: boolean }>) => (
  <p>
    {late ? <Tag colour="red">Late</Tag> : null} {words}
  </p>
)

const stateHints = {
  fine: undefined,
  unknown: 'Not on record',
  unwanted: 'The person does not want this: say why below',
  unsafe: 'Not safe for the person: say why below',
} as const

function Tried({ reaching }: Readonly<{ reaching: Reaching }>) {
  const offered = entriesOf(ways).map(([way, { label }]) => ({ way, label, state: stateOfWay(way, reaching) }))
  const list = offered.map(({ way, label, state }) => [way, entry(label, stateHints[state])] as const)
  return (
    <>
      <RadiosFrom name="way" label="How did you try?" list={codeList(list)} />
      {offered.some(({ state }) => state === 'unsafe' || state === 'unwanted') ? (
        <TextField name="why" label="Why this way?" hint="Only for a way that is not safe or not wanted." />
      ) : null}
    </>
  )
}

function CameOfIt({ proposals, reaching, today }: Pick<LogProps, 'proposals' | 'reaching' | 'today'>) {
  const list = entriesOf(results).map(
    ([result, { label }]) => [result, entry(label, nextHint(result, proposals, today))] as const,
  )
  const phones = (['mobile', 'telephone'] as const).filter((way) => stateOfWay(way, reaching) !== 'unknown')
  const mayBeHeard = phones.some((way) => !mayLeaveMessage(way, reaching))
  const reveal = {
    'call-back': <CallBack />,
    ...(mayBeHeard ? { 'message-left': <WhyMessage /> } : {}),
  }
  return <RadiosFrom name="result" label="What came of it?" list={codeList(list)} reveal={reveal} />
}

// Said before it is chosen, because the next contact follows from it without another question.
function nextHint(result: Result, proposals: LogProps['proposals'], today: Temporal.PlainDate): string | undefined {
  if (!proposals) return undefined
  if (result === 'call-back') return 'Next: call back on the day they asked for'
  const { what, on, way } = proposals[result]
  const how = what === 'contact' && way ? ` (${ways[way].label.toLowerCase()})` : ''
  return `Next: ${dueWhat[what].label.toLowerCase()}, ${dayInWords(on, today)}${how}`
}

const CallBack = () => (
  <>
    <DateField name="call-back" label="On which day?" />
    <TextField name="call-back-time" label="At what time?" hint="If they said one, for example 14:30" width={5} />
  </>
)

const WhyMessage = () => (
  <TextField
    name="why-message"
    label="If by phone: why was a message left?"
    hint="It is not known to be safe to leave one on every phone of this person."
  />
)

function codeList(entries: readonly (readonly [string, CodeList[string]])[]): CodeList {
  return Object.fromEntries(entries)
}

function entry(label: string, hint: string | undefined): CodeList[string] {
  return hint === undefined ? { label } : { label, hint }
}

function entriesOf<List extends object>(list: List): [keyof List, List[keyof List]][] {
  // Checked: the entries of a code list are its codes and their labels.
  return Object.entries(list) as [keyof List, List[keyof List]][]
}
