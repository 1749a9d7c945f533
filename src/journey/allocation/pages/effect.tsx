import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Details, Tag, WarningCallout } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Caseload, type CaseloadEffect, type CoachEffect, effectsOf } from '#journey/room/rules.ts'
import {
  allocationReasons,
  alternativesTo,
  type Fit,
  fitsOf,
  keyOf,
  overInWords,
  type Waiting,
} from '#journey/allocation/rules.ts'

type EffectProps = FormState &
  Readonly<{ id: string; coach: Caseload; coaches: readonly Caseload[]; chosen: readonly Waiting[] }>

/** What giving these people to this coach would do to every coach it touches, before it is done. */
export const AllocationEffect = ({ id, coach, coaches, chosen, ...state }: EffectProps) => {
  const people = chosen.length === 1 ? '1 person' : `${chosen.length} people`
  return (
    <Page
      title={`Give ${people} to ${coach.name}`}
      back={{ href: '/allocation', label: 'Waiting for a coach' }}
      problems={state.problems}
    >
      <Effect {...{ coach, coaches, chosen }} />
      <Table
        caption="How well they suit"
        columns={columns(coach)}
        rows={chosen}
        rowKey={({ episode }) => episode}
        empty="Nobody is left to give to this coach."
      />
      <Alternatives {...{ coach, coaches, chosen }} />
      <Form action="/allocation" fields={{ id, coach: coach.coach, chosen: chosen.map(keyOf).join(' ') }} {...state}>
        {chosen.length === 0 ? <BackToQueue /> : <Confirm name={coach.name} />}
      </Form>
    </Page>
  )
}

type Of = Pick<EffectProps, 'coach' | 'coaches' | 'chosen'>

const Effect = ({ coach, coaches, chosen }: Of) => {
  const effects = effectsOf(coach, chosen, coaches)
  const over = effects[0] ? overInWords(effects[0]) : undefined
  return (
    <>
      <Table
        caption="What it does to each coach"
        columns={effectColumns}
        rows={effects}
        rowKey={(one) => one.coach}
        empty="Nobody is touched."
      />
      {over === undefined ? null : (
        <WarningCallout heading={over}>
          <p>You can go on, and say why.</p>
        </WarningCallout>
      )}
    </>
  )
}

const Change = ({ before, after, cap, over }: CaseloadEffect) => (
  <span>
    {before} now, <strong>{after}</strong> then, of {cap} at most {over ? <Tag colour="red">Over</Tag> : null}
  </span>
)

const effectColumns: readonly Column<CoachEffect>[] = [
  { key: 'coach', label: 'Coach', names: true, cell: ({ name }) => name },
  { key: 'people', label: 'People', cell: ({ people }) => <Change {...people} /> },
  {
    key: 'points',
    label: 'Points',
    cell: ({ coach, points }) => (
      <a href={`/weights?coach=${coach}`}>
        <Change {...points} />
      </a>
    ),
  },
]

/** What it would do to the other coaches who could have these people, each a step away. */
const Alternatives = ({ coach, coaches, chosen }: Of) => {
  const others = alternativesTo(coach, chosen, coaches)
  if (chosen.length === 0 || others.length === 0) return null
  const asked = { chosen: chosen.map(keyOf).join(' ') }
  return (
    <Details summary="Compare with other coaches">
      <Table
        caption="Other coaches who could have them, the roomiest first"
        columns={[
          ...effectColumns,
          {
            key: 'choose',
            label: 'Instead',
            cell: ({ coach: other, name }) => (
              <ButtonForm action="/allocation/proposal" fields={{ ...asked, coach: other }} asLink context={name}>
                Show the effect
              </ButtonForm>
            ),
          },
        ]}
        rows={others}
        rowKey={(one) => one.coach}
        empty="Nobody else may see all of them."
      />
    </Details>
  )
}

const Confirm = ({ name }: { name: string }) => (
  <>
    <RadiosFrom name="reason" label={`Why ${name}?`} list={allocationReasons} />
    <TextArea name="note" label="Note" hint="Needed over the cap, or for another reason" rows={2} maximum={400} />
    <ButtonGroup>
      <Button>Give them to {name}</Button>
      <BackToQueue />
    </ButtonGroup>
  </>
)

const BackToQueue = () => (
  <LinkButton href="/allocation" secondary>
    Back to the queue
  </LinkButton>
)

const columns = (coach: Caseload): readonly Column<Waiting>[] => {
  const cell = (kind: Fit['kind'], otherwise: (waiting: Waiting) => string) => (waiting: Waiting) => {
    const fit = fitsOf(waiting, coach).find((one) => one.kind === kind)
    return fit ? <Tag colour={fit.good ? 'green' : 'orange'}>{capital(fit.words)}</Tag> : otherwise(waiting)
  }
  return [
    { key: 'name', label: 'Person', names: true, cell: ({ name }) => name },
    { key: 'now', label: 'Coach now', cell: ({ coachName }) => coachName ?? 'Nobody' },
    {
      key: 'points',
      label: 'Points',
      numeric: true,
      cell: ({ episode, points, name }) => (
        <a href={`/episodes/${episode}/weight`}>
          {points}
          <span className="nhsuk-u-visually-hidden"> points: why, for {name}</span>
        </a>
      ),
    },
    { key: 'language', label: 'Language', cell: cell('language', ({ language }) => language ?? 'Not given') },
    { key: 'place', label: 'Place', cell: cell('place', () => 'Nothing known') },
    { key: 'provider', label: 'Provider', cell: cell('provider', () => 'The same') },
    { key: 'away', label: 'There', cell: cell('away', () => 'Yes') },
  ]
}

const capital = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`
