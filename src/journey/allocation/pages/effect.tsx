import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Tag, WarningCallout } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Figure, Figures } from '#platform/html/lists.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import {
  allocationReasons,
  type Caseload,
  effectOn,
  type Fit,
  fitsOf,
  keyOf,
  type Waiting,
} from '#journey/allocation/rules.ts'

type EffectProps = FormState & Readonly<{ id: string; coach: Caseload; chosen: readonly Waiting[] }>

/** What giving these people to this coach would do, before it is done. */
export const AllocationEffect = ({ id, coach, chosen, ...state }: EffectProps) => {
  const people = chosen.length === 1 ? '1 person' : `${chosen.length} people`
  return (
    <FormPage
      title={`Give ${people} to ${coach.name}`}
      width="reading"
      back={{ href: '/allocation', label: 'Waiting for a coach' }}
      action="/allocation"
      fields={{ id, coach: coach.coach, chosen: chosen.map(keyOf).join(' ') }}
      {...state}
    >
      <Effect coach={coach} chosen={chosen} />
      <Table
        caption="How well they suit"
        columns={columns(coach)}
        rows={chosen}
        rowKey={({ episode }) => episode}
        empty="Nobody is left to give to this coach."
      />
      {chosen.length === 0 ? <BackToQueue /> : <Confirm name={coach.name} />}
    </FormPage>
  )
}

const Effect = ({ coach, chosen }: Pick<EffectProps, 'coach' | 'chosen'>) => {
  const { before, after, cap, over } = effectOn(coach, chosen)
  return (
    <>
      <Figures label={`Caseload of ${coach.name}`}>
        <Figure number={before} label="people now" href={`/allocation?coach=${coach.coach}`} />
        <Figure
          number={after}
          label="people then"
          href={`/allocation?coach=${coach.coach}`}
          note={`of ${cap} at most`}
          tone={over ? 'alert' : 'good'}
        />
      </Figures>
      {over ? (
        <WarningCallout heading={`${after - cap} more than ${coach.name} can look after`}>
          <p>You can go on, and say why.</p>
        </WarningCallout>
      ) : null}
    </>
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
    { key: 'language', label: 'Language', cell: cell('language', ({ language }) => language ?? 'Not given') },
    { key: 'place', label: 'Place', cell: cell('place', () => 'Nothing known') },
    { key: 'provider', label: 'Provider', cell: cell('provider', () => 'The same') },
    { key: 'away', label: 'There', cell: cell('away', () => 'Yes') },
  ]
}

const capital = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`
