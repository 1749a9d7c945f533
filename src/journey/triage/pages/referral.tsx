import { dayInWords, inWords, longDay, shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { AgreedWords } from '#platform/html/agreed-words.tsx'
import { Beside } from '#platform/html/arrangement.tsx'
import { Button, ButtonForm, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Tag, WarningCallout } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import type { Means } from '#registers/means/rules.ts'
import { carriedVersions, type Offered, type Wording } from '#registers/wording/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { feedbackOf, saidToTelling } from '#journey/acknowledgement/rules.ts'
import { earlyEnds } from '#journey/episode/rules.ts'
import {
  type FitNoteRequest,
  isOpen,
  requestStates,
  stateOf as stateOfRequest,
} from '#journey/fit-note-request/rules.ts'
import { maybeUnwanted } from '#journey/known/rules.ts'
import { personsAnswers, referralStates, stateOf, waysOfAsking } from '#journey/referral/rules.ts'
import { AskedOfReferrer, type Outside, SaidSince } from './outside.tsx'
import { type MayHear, PersonSaid, type SaidPerson, type SaidReferral, WhatWasSaid, WhoReferred } from './said.tsx'

type Words = Readonly<Partial<Record<Offered, Wording>>>
type Alike = Readonly<{ id: string | undefined; pair: string | undefined; name: string; why: string }>

type ReferralProps = FormState &
  Readonly<{
    referral: SaidReferral & Clocked
    person: SaidPerson
    means: readonly Means[]
    missing: readonly string[]
    /** The request for a fit note that came with it, where the person agrees. */
    asked: FitNoteRequest | undefined
    alike: readonly Alike[]
    /** Whether this may be somebody of the area who is not to be written to. */
    unwanted: boolean
    mayHear: MayHear | undefined
    /** The organisation by whose link they came, where they came by one. */
    handedBy: string | undefined
    words: Words
    outside: Omit<Outside, 'now'>
    now: Temporal.Instant
    today: Temporal.PlainDate
  }>

type Clocked = Readonly<{
  person: string
  episode: string | null
  stage: string | null
  ended_as: string | null
  received_on: Temporal.PlainDate
  typed_at: Temporal.Instant
  typed_by: string | null
  first_try_by: Temporal.PlainDate | null
  first_appointment_by: Temporal.PlainDate | null
}>

const colours = { new: 'blue', held: 'orange', decided: 'grey' } as const

/** One referral with everything said in it, what is missing, and the next thing to do. */
export function ReferralPage(props: ReferralProps) {
  const { referral, person, means, alike, problems } = props
  const state = stateOf(referral)
  return (
    <Page
      title="Referral"
      heading={calledName(person)}
      caption={referral.reference}
      breadcrumbs={[{ href: '/referrals', label: 'Referrals' }]}
      problems={problems}
      actions={<Tag colour={colours[state]}>{referralStates[state].label}</Tag>}
    >
      {props.unwanted ? <MaybeUnwanted /> : null}
      {alike.length > 0 ? <MaybeKnown alike={alike} person={person.id} /> : null}
      <Beside beside={<Clock {...props} />}>
        <SaidSince {...props.outside} now={props.now} />
        {state === 'held' ? <AskThePerson {...props} /> : null}
        {state === 'new' ? (
          <ButtonGroup>
            <LinkButton href={`/referrals/${referral.id}/eligibility`}>Decide eligibility</LinkButton>
          </ButtonGroup>
        ) : null}
        {state === 'decided' ? <Decided {...props} /> : null}
        <PersonSaid person={person} means={means} on={props.today} />
        <WhatWasSaid referral={referral} />
        <WhoReferred {...props} />
        <AskedOfReferrer {...props.outside} now={props.now} />
      </Beside>
    </Page>
  )
}

const MaybeUnwanted = () => (
  <WarningCallout heading="Compare before you contact them">
    <p>{maybeUnwanted}. Nothing is sent to them until that is decided, and whoever referred them is not told why.</p>
    <p>Where you see no other record here, ask a service manager before anybody calls or writes.</p>
  </WarningCallout>
)

const MaybeKnown = ({ alike, person }: { alike: readonly Alike[]; person: string }) => (
  <WarningCallout heading="This person may be known already">
    <ul className="nhsuk-list nhsuk-list--bullet">
      {alike.map((one) => (
        <li key={`${one.id} ${one.why}`}>
          {one.id ? <a href={`/people/${one.id}`}>{one.name}</a> : one.name}: {one.why}
          {one.id ? <Compare {...one} id={one.id} person={person} /> : null}
        </li>
      ))}
    </ul>
    <p>See whether they are one person before going on, so that nobody is asked twice.</p>
  </WarningCallout>
)

const Compare = ({ id, pair, name, person }: Alike & { id: string; person: string }) =>
  pair ? (
    <>
      {'. '}
      <a href={`/people/${person}/duplicates/${pair}`}>
        Compare the two records<span className="nhsuk-u-visually-hidden">: {name}</span>
      </a>
    </>
  ) : (
    <ButtonForm action={`/people/${person}/duplicates`} fields={{ other: id }} context={`: ${name}`} asLink>
      Compare the two records
    </ButtonForm>
  )

function Clock({ referral, missing, asked, now, today }: ReferralProps) {
  const due = (day: Temporal.PlainDate | null) => (day ? dayWithDate(day, today) : undefined)
  return (
    <>
      <Card heading="When it is due" tone="quiet">
        <SummaryList
          compact
          missing="Begins when the person says yes"
          rows={[
            { label: 'Came on', value: longDay(referral.received_on) },
            {
              label: 'Written down',
              value: `${inWords(referral.typed_at, now)}, by ${writtenBy(referral)}`,
            },
            { label: 'First try due', value: due(referral.first_try_by) },
            { label: 'First appointment due', value: due(referral.first_appointment_by) },
            ...(referral.asked_fit_note
              ? [{ label: 'Conversation about work and health', value: talk(asked, today) }]
              : []),
          ]}
        />
      </Card>
      {missing.length > 0 ? (
        <Card heading="Not known yet" tone="quiet">
          <ul className="nhsuk-list nhsuk-list--bullet">
            {missing.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <p>Ask at the first contact. None of it holds the referral up.</p>
        </Card>
      ) : null}
    </>
  )
}

/** Who wrote a referral down: somebody here, the system of whoever referred, or the form that anybody can fill in. */
function writtenBy({ typed_by: by, channel, referrer_organisation: organisation }: ReferralProps['referral']): string {
  if (by !== null) return by
  if (channel !== 'system') return 'the public page'
  return organisation === null ? 'another system' : `the system of ${organisation}`
}

/** By when somebody who asked for a fit note is to be spoken to, or what came of it. */
function talk(asked: FitNoteRequest | undefined, today: Temporal.PlainDate) {
  if (!asked) return undefined
  const state = stateOfRequest(asked, today)
  const words = isOpen(asked) ? `Due ${dayWithDate(asked.holdBy, today)}` : requestStates[state].label
  return <a href={`/people/${asked.person}/fit-note-requests`}>{words}</a>
}

function dayWithDate(day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const words = dayInWords(day, today)
  return words.includes(' ') ? words : `${words}, ${shortDay(day)}`
}

const AskThePerson = ({ referral, words, problems, typed }: ReferralProps) => (
  <Card heading="Ask the person whether they want this" tone="accent">
    {referral.sent_quickly ? (
      <p>
        This form was sent faster than a person fills it in, so a program may have sent it. Ask the person whether it
        came from them or with their knowledge. Nothing runs, and nothing is sent to anybody, until they answer.
      </p>
    ) : (
      <p>Whoever referred them had not asked. Nothing runs, and nothing is sent to them, until they answer.</p>
    )}
    <p>Where you speak with them, read this out:</p>
    <AgreedWords texts={readOut(referral, words)} />
    <Form
      action={`/referrals/${referral.id}/answer`}
      fields={{ words: carriedVersions(words) }}
      {...{ problems, typed }}
    >
      <RadiosFrom name="answer" label="What did they say?" list={personsAnswers} />
      <RadiosFrom name="how" label="How were they asked?" list={waysOfAsking} />
      {referral.feedback === 'none' ? null : (
        <RadiosFrom
          name="mayTell"
          label={mayTellWords[feedbackOf(referral.route, referral.feedback)]}
          hint="If you do not know, select that they were not asked. It can be asked later, among their agreements."
          list={saidToTelling}
        />
      )}
      <Button>Save the answer</Button>
    </Form>
  </Card>
)

/** What they are asked: to be contacted, and where whoever referred them wants to hear of it, that these are told. */
const readOut = ({ feedback }: SaidReferral, words: Words): string[] =>
  Object.entries(words).flatMap(([code, { text }]) => (code === 'contact' || feedback !== 'none' ? [text] : []))

// An employer or a Jobcentre only ever hears more where the person switches it on by itself, among their agreements.
const mayTellWords = {
  none: '',
  received: 'Do they agree that whoever referred them is told that the referral arrived?',
  status: 'Do they agree that whoever referred them is told when support is accepted, starts and ends?',
} as const

function Decided({ referral, now }: ReferralProps) {
  const ended = Object.entries(earlyEnds).find(([code]) => code === referral.ended_as)?.[1].label
  const said =
    referral.agreed === false && referral.answered_at
      ? `The person was asked ${inWords(referral.answered_at, now)}, and said no. `
      : ended && `It ended: ${ended.toLowerCase()}. `
  return (
    <p>
      {said}
      What has happened since is on <a href={`/people/${referral.person}`}>the record</a>.
    </p>
  )
}
