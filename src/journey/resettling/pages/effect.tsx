import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import type { Channel } from '#platform/notify/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Inset, Tag, WarningCallout } from '#platform/html/content.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { Figure, Figures } from '#platform/html/lists.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { waysTold } from '#journey/ending/rules.ts'
import { peopleInWords } from '#journey/winding-up/rules.ts'
import { type Effect, endings, keyOf, type Leftover, type Target, toldInWords } from '#journey/resettling/rules.ts'

type EffectProps = FormState &
  Readonly<{
    id: string
    to: string
    notice: Readonly<{ id: string; name: string; ends_on: Temporal.PlainDate }>
    target: Target
    people: readonly Leftover[]
    channels: ReadonlyMap<string, Channel>
    effect: Effect | undefined
    now: Temporal.Instant
  }>

/** What a decision on these people does, before it is done. */
export const EffectPage = ({ id, to, notice, target, people, channels, effect, now, ...state }: EffectProps) => {
  const back = `/winding-up/${notice.id}/people`
  return (
    <FormPage
      title={titleOf(target, people.length)}
      caption={notice.name}
      back={{ href: back, label: 'Give its people to others' }}
      action={back}
      fields={{ id, to }}
      {...state}
    >
      {people.map((one) => (
        <input key={one.episode} type="hidden" name="chosen" value={keyOf(one)} />
      ))}
      {effect ? <Load effect={effect} back={back} /> : null}
      <What target={target} notice={notice} />
      <Table
        caption={
          target.way === 'organisation' || target.way === 'coach' ? 'Who goes, and how they hear of it' : 'Who they are'
        }
        columns={columns({ target, channels, now })}
        rows={people}
        rowKey={({ episode }) => episode}
        empty="Nobody is left of those you chose."
      />
      {target.way === 'ended' ? <HowItEnds /> : null}
      <TextArea name="note" label={noteOf(target, effect)} rows={2} maximum={1000} />
      <ButtonGroup>
        <Button warning={target.way === 'ended'}>{buttonOf(target, people.length)}</Button>
        <LinkButton href={back} secondary>
          Back to the list
        </LinkButton>
      </ButtonGroup>
    </FormPage>
  )
}

function titleOf(target: Target, count: number): string {
  const people = peopleInWords(count)
  if (target.way === 'organisation') return `Give ${people} to ${target.taker.name}`
  if (target.way === 'coach') return `Give ${people} to ${target.coach.name}`
  return target.way === 'kept' ? `${people}: stay until it ends` : `End the support of ${people}`
}

const Load = ({ effect: { whose, before, after, cap, over }, back }: Readonly<{ effect: Effect; back: string }>) => (
  <>
    <Figures label={cap === null ? `Waiting for a coach at ${whose}` : `Caseload of ${whose}`}>
      <Figure number={before} label={cap === null ? 'wait there now' : 'people now'} href={back} />
      <Figure
        number={after}
        label={cap === null ? 'wait there then' : 'people then'}
        href={back}
        tone={over ? 'alert' : 'good'}
        {...(cap === null ? {} : { note: `of ${cap} at most` })}
      />
    </Figures>
    {over && cap !== null ? (
      <WarningCallout heading={`${after - cap} more than ${whose} can look after`}>
        <p>You can go on, and say why.</p>
      </WarningCallout>
    ) : null}
  </>
)

const What = ({ target, notice }: Pick<EffectProps, 'target' | 'notice'>) => {
  if (target.way === 'kept')
    return <Inset>Nothing changes for them now. They stay in the list, marked, until somebody decides.</Inset>
  if (target.way === 'ended')
    return <Inset>What is booked with them is called off. Each ending can be taken back on its record.</Inset>
  return (
    <Inset>
      {target.way === 'coach' ? target.coach.organisationName : target.taker.name} works on their records from now on.{' '}
      {notice.name} can read them until it ends. They are told by message in an hour, without names, and read on their
      own pages who it is. Until it ends you can undo it for everybody whom nobody has gone on with.
    </Inset>
  )
}

const HowItEnds = () => (
  <>
    <RadiosFrom name="endedAs" label="Why does their support end?" list={endings} />
    <SelectFrom name="told" label="How were they told?" list={waysTold} />
    <TextField name="handedTo" label="Where were they handed on to? (needed where the service was not for them)" />
  </>
)

function noteOf(target: Target, effect: Effect | undefined): string {
  if (target.way === 'kept') return 'Why do they stay?'
  if (target.way === 'ended') return 'Note (optional)'
  return effect?.over ? 'Why can they look after more than their cap?' : 'What should they know first? (optional)'
}

function buttonOf(target: Target, count: number): string {
  return target.way === 'kept' ? 'Leave them until it ends' : titleOf(target, count)
}

const columns = ({
  target,
  channels,
  now,
}: Pick<EffectProps, 'target' | 'channels' | 'now'>): readonly Column<Leftover>[] => [
  { key: 'name', label: 'Person', names: true, cell: ({ name }) => name },
  { key: 'coach', label: 'Coach now', cell: ({ coachName }) => coachName ?? 'Nobody' },
  {
    key: 'booked',
    label: 'Still booked',
    cell: ({ nextAppointment: next }) => (next ? <Tag colour="orange">{inWords(next, now)}</Tag> : 'Nothing'),
  },
  ...(target.way === 'organisation' || target.way === 'coach'
    ? [{ key: 'told', label: 'Told by', cell: (one: Leftover) => toldInWords(channels.get(one.person)) }]
    : []),
]
