import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, ButtonGroup } from '#platform/html/buttons.tsx'
import { WarningCallout } from '#platform/html/content.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Outing, stateOf } from '#journey/outing/rules.ts'
import { type Because, reasons } from '#journey/alert/rules.ts'
import { toldAs, type ToldAs } from '#journey/watch/rules.ts'
import { State } from './list.tsx'

type NewProps = FormState &
  Readonly<{ id: string; today: Temporal.PlainDate; episode: string | null; personName: string | undefined }>

/** Says where somebody goes alone, with whom, and when they are back. */
export const NewOuting = ({ id, today, episode, personName, problems, typed }: NewProps) => (
  <FormPage
    title="Say where you go"
    lede="Before you meet somebody alone. If you have not said by then that you are back, whoever is on duty is told."
    back={{ href: '/outings', label: 'Who is out alone' }}
    action="/outings"
    fields={{ id, ...(episode === null ? {} : { episode }) }}
    width="reading"
    problems={problems}
    typed={typed}
  >
    {personName === undefined ? null : (
      <p>
        You meet <strong>{personName}</strong>.
      </p>
    )}
    <TextField name="place" label="Where do you go?" hint="The address, and the room or door if it matters" />
    <TextField
      name="with-whom"
      label={personName === undefined ? 'Whom do you meet?' : 'Who else is there? (optional)'}
      hint="Colleagues of your organisation read this. Name nobody whose record is restricted."
    />
    <TextField name="phone" label="On which number can you be reached? (optional)" type="tel" width={20} />
    <DateField name="on" label="On which day?" value={today.toString()} />
    <TextField name="leaves" label="When do you leave?" hint="For example 9:30" width={5} />
    <TextField
      name="back"
      label="By when are you back?"
      hint="For example 11:00. Say it again when it gets later."
      width={5}
    />
    <Button>Save</Button>
  </FormPage>
)

type Told = Readonly<{ id: string; at: Temporal.Instant; name: string | null }> &
  Readonly<{ as?: ToldAs; because?: Because }>

type OneProps = FormState &
  Readonly<{
    outing: Outing
    told: readonly Told[]
    /** Whether the reader is the one who is out. */
    mine: boolean
    now: Temporal.Instant
  }>

/** One outing: where somebody is, whether they are back, and who was told. */
export const OneOuting = ({ outing, told, mine, now, problems, typed }: OneProps) => {
  const late = stateOf(outing, now) === 'late'
  return (
    <Page
      title={outing.memberName ?? 'Somebody who has left'}
      caption="Out alone"
      back={{ href: '/outings', label: 'Who is out alone' }}
      width="reading"
      problems={problems}
    >
      <p>
        <State {...{ outing, now }} />
      </p>
      {late ? <WhatToDo outing={outing} /> : null}
      <SummaryList
        rows={[
          { label: 'Where', value: outing.place },
          { label: 'With whom', value: withWhom(outing) },
          { label: 'Can be reached on', value: outing.phone === null ? null : <PhoneLink number={outing.phone} /> },
          { label: 'Leaves', value: inWords(outing.leavesAt, now) },
          { label: 'Back by', value: inWords(outing.backBy, now) },
        ]}
      />
      {outing.ended === null ? <Words {...{ outing, mine, late, problems, typed }} /> : null}
      {told.length === 0 ? null : <WhoWasTold {...{ told, now }} />}
    </Page>
  )
}

function withWhom({ person, personName, withWhom: others }: Outing) {
  if (personName === null) return others
  const name = person === null ? personName : <a href={`/people/${person}`}>{personName}</a>
  return (
    <>
      {name}
      {others === null ? '' : `, and ${others}`}
    </>
  )
}

const WhatToDo = ({ outing }: Pick<OneProps, 'outing'>) => (
  <WarningCallout heading="They were to be back by now">
    <ol className="nhsuk-list nhsuk-list--number">
      <li>Ring them{outing.phone === null ? '' : <PhoneOf number={outing.phone} />}.</li>
      <li>If they do not answer, ring whoever they meet, and colleagues who may know.</li>
      <li>If you cannot reach them, call the police on 999 and say where they went.</li>
    </ol>
  </WarningCallout>
)

const PhoneOf = ({ number }: Readonly<{ number: string }>) => (
  <>
    {' '}
    on <PhoneLink number={number} />
  </>
)

type WordsProps = Pick<OneProps, 'outing' | 'mine' | 'problems' | 'typed'> & Readonly<{ late: boolean }>

const Words = ({ outing, mine, late, problems, typed }: WordsProps) => (
  <>
    <ButtonGroup>
      <ButtonForm action={`/outings/${outing.id}/return`}>{mine ? 'I am back' : 'They are back'}</ButtonForm>
      {late ? (
        <ButtonForm action={`/outings/${outing.id}/taking`} secondary>
          I look after this
        </ButtonForm>
      ) : (
        <ButtonForm action={`/outings/${outing.id}/cancellation`} secondary>
          {mine ? 'I am not going' : 'They are not going'}
        </ButtonForm>
      )}
    </ButtonGroup>
    <h2 className="nhsuk-heading-m">It will be later</h2>
    <Form action={`/outings/${outing.id}/extension`} {...{ problems, typed }}>
      <TextField name="back" label="By when then?" hint="For example 12:30" width={5} />
      <Button secondary>Change the time</Button>
    </Form>
  </>
)

const WhoWasTold = ({ told, now }: Pick<OneProps, 'told' | 'now'>) => (
  <>
    <h2 className="nhsuk-heading-m">Who was told</h2>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {told.map(({ id, name, as, because, at }) => (
        <li key={id}>
          {name ?? 'Somebody who has left'}{' '}
          {as && because
            ? `was told as ${toldAs[as].label.toLowerCase()}, ${reasons[because].label}`
            : 'looks after it'}
          , {inWords(at, now)}
        </li>
      ))}
    </ul>
  </>
)
