import {
  type Interpreter,
  interpretingOf,
  interpretingStates,
  purposes,
  type Purpose,
  type Reason,
  reasons,
  resultKinds,
  type ResultKind,
  type SaidOfInterpreting,
  saidOf,
  stateOf,
  timesInWords,
  type WhoDid,
  whoDid,
} from '#journey/appointment/rules.ts'
import { modes, type Mode, type Times } from '#journey/invitation/rules.ts'
import type { ReactNode } from 'react'
import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { Details, Inset, PrintLink } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { StateTag } from './list.tsx'

/** An appointment as its page shows it. */
export type Shown = Times &
  Readonly<{
    id: string
    episode: string
    purpose: Purpose
    mode: Mode
    place: string | null
    memberName: string
    interpreter: Interpreter
    interpreting: SaidOfInterpreting | null
    /** When the person said that they will come. */
    confirmedAt: Temporal.Instant | null
    /** Null where the person chose the time themselves. */
    booked_by: string | null
    access_considered: string | null
    note: string | null
    told_by: string
    result: ResultKind | null
    who: WhoDid | null
    reason: Reason | null
    late_minutes: number | null
    interpreter_came: boolean | null
    resultNote: string | null
  }>

type AppointmentProps = FormState &
  Readonly<{
    mayEdit: boolean
    appointment: Shown
    /** The other times of the same appointment, the newest first. */
    chain: readonly Shown[]
    person: Readonly<{ id: string; name: string }>
    resultId: string
    tellable: boolean
    /** What to know about getting into the building. */
    getting: string | null
    now: Temporal.Instant
    today: Temporal.PlainDate
  }>

/** One appointment: when and how, what became of it, and what can still be done with it. */
export const AppointmentPage = (props: AppointmentProps) => {
  const { appointment, chain, person, now, today, problems } = props
  return (
    <Page
      title={timesInWords(appointment, today)}
      caption={person.name}
      back={{ href: `/episodes/${appointment.episode}/appointments`, label: 'Back to the appointments' }}
      actions={<PrintLink />}
      problems={problems}
      width="reading"
    >
      <p>
        <StateTag state={stateOf(appointment, now)} />
      </p>
      <SummaryList rows={rows(appointment, props)} />
      <p>
        <a href={`/appointments/${appointment.id}/calendar`}>Calendar file, without any words about health</a>
      </p>
      {chain.length > 0 ? <Chain {...{ chain, today }} /> : null}
      {props.mayEdit ? appointment.result === null ? <WhatBecame {...props} /> : <TakeBack {...appointment} /> : null}
      <p className="ww-small">
        <a href={`/people/${person.id}`}>Open the record</a>
      </p>
    </Page>
  )
}

const toldBy: Readonly<Record<string, string>> = {
  text: 'Text message, with reminders',
  email: 'Email, with reminders',
  letter: 'Letter',
  staff: 'By us, without a message',
}

type Around = Readonly<{ mayEdit: boolean; getting: string | null; now: Temporal.Instant }>

function rows(one: Shown, { mayEdit, getting, now }: Around) {
  const came = { true: ' and came', false: ' and did not come', null: '' }[`${one.interpreter_came}`]
  return [
    { label: 'With', value: one.memberName },
    { label: 'What for', value: purposes[one.purpose].label },
    { label: 'How', value: modes[one.mode].label },
    { label: 'Where', value: one.place },
    ...(getting ? [{ label: 'Getting in', value: getting }] : []),
    {
      label: 'Interpreter',
      value: `${interpretingStates[interpretingOf(one)].label}${came}`,
      change: mayEdit ? { href: `/appointments/${one.id}/interpreter`, what: 'the interpreter' } : undefined,
    },
    { label: 'Access needs met by', value: one.access_considered },
    { label: 'Told by', value: toldBy[one.told_by] },
    { label: 'Will come', value: one.confirmedAt ? `Said so ${inWords(one.confirmedAt, now)}` : 'Not said yet' },
    ...(one.booked_by === null ? [{ label: 'Chosen by', value: 'The person, by themselves' }] : []),
    { label: one.booked_by === null ? 'What the person wrote' : 'Note', value: one.note },
    ...(one.result ? [{ label: 'What became of it', value: resultInWords(one) }] : []),
    ...(one.resultNote ? [{ label: 'Note on it', value: one.resultNote }] : []),
  ]
}

function resultInWords({ result, who, reason, late_minutes: late }: Shown): string {
  if (result === null) return ''
  if (result === 'attended') return late ? `Came, ${late} minutes late` : resultKinds.attended.label
  const why = reason ? `, ${reasons[reason].label.toLowerCase()}` : ''
  return `${resultKinds[result].label}${who ? ` (${whoDid[who].label.toLowerCase()}${why})` : ''}`
}

const Chain = ({ chain, today }: Pick<AppointmentProps, 'chain' | 'today'>) => (
  <>
    <h2>Other times of this appointment</h2>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {chain.map((one) => (
        <li key={one.id}>
          <a href={`/appointments/${one.id}`}>{timesInWords(one, today)}</a>
          {one.result ? `: ${resultInWords(one).toLowerCase()}` : null}
        </li>
      ))}
    </ul>
  </>
)

const TakeBack = ({ id, result }: Shown) =>
  result === 'moved' ? (
    <Inset>
      <p>To change the new time, open it above and move it again.</p>
    </Inset>
  ) : (
    <ButtonForm action={`/appointments/${id}/withdrawal`} secondary>
      This is not right: take it back
    </ButtonForm>
  )

function WhatBecame(props: AppointmentProps) {
  const { appointment, now, problems } = props
  const move = `/appointments/${appointment.id}/new-time`
  if (Temporal.Instant.compare(appointment.startsAt, now) <= 0) return <HowItWent {...props} move={move} />
  return (
    <>
      <LinkButton href={move} secondary>
        Move to another time
      </LinkButton>
      <Details summary="Cancel this appointment" open={problems.length > 0}>
        <ResultForm {...props} fields={{ kind: 'cancelled' }}>
          <Cancelled tellable={props.tellable} />
          <TextField name="note" label="Note" hint="You can leave this empty." />
          <Button warning>Cancel this appointment</Button>
        </ResultForm>
      </Details>
    </>
  )
}

type FormProps = AppointmentProps & Readonly<{ fields?: Readonly<Record<string, string>>; children: ReactNode }>

const ResultForm = ({ appointment, resultId, problems, typed, fields, children }: FormProps) => (
  <Form
    action={`/appointments/${appointment.id}/results`}
    fields={{ id: resultId, ...fields }}
    problems={problems}
    typed={typed}
  >
    {children}
  </Form>
)

const HowItWent = ({ move, ...props }: AppointmentProps & Readonly<{ move: string }>) => (
  <>
    <h2>How did it go?</h2>
    <ResultForm {...props}>
      <RadiosFrom
        name="kind"
        label="What became of it?"
        list={saidOf}
        reveal={{
          attended: <Came asked={props.appointment.interpreter !== 'none'} />,
          missed: <Why prefix="missed" label="Who was not there?" />,
          cancelled: <Cancelled tellable={false} />,
        }}
      />
      <TextField name="note" label="Note" hint="You can leave this empty." />
      <ButtonGroup>
        <Button>Save</Button>
        <LinkButton href={move} secondary>
          Move to another time
        </LinkButton>
      </ButtonGroup>
    </ResultForm>
  </>
)

const Came = ({ asked }: Readonly<{ asked: boolean }>) => (
  <>
    <TextField name="late" label="Minutes late, if they were" width={3} inputMode="numeric" />
    {asked ? (
      <RadiosFrom
        name="interpreter-came"
        label="Did the interpreter come?"
        list={{ yes: { label: 'Yes' }, no: { label: 'No' } }}
        inline
      />
    ) : null}
  </>
)

const Why = ({ prefix, label }: Readonly<{ prefix: 'missed' | 'cancelled'; label: string }>) => (
  <>
    <RadiosFrom name={`${prefix}-who`} label={label} list={whoDid} />
    <SelectFrom name={`${prefix}-reason`} label="Why?" list={reasons} />
  </>
)

const Cancelled = ({ tellable }: Readonly<{ tellable: boolean }>) => (
  <>
    <Why prefix="cancelled" label="Who cancelled it?" />
    {tellable ? <Tick name="tell" label="Tell the person by message" value /> : null}
  </>
)
