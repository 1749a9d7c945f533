import { inWords, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { NotKept, Tag } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Folded, Form } from '#platform/html/form.tsx'
import { SummaryList, Timeline } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import {
  type Allotting,
  allottings,
  type Cohort,
  cohortInWords,
  measuresInWords,
  standingOf,
  standings,
} from '#journey/pilot/rules.ts'
import { Before } from './change.tsx'

type Shown = Readonly<{
  id: string
  name: string
  tried: string
  words: string
  version: number
  measured: readonly string[]
  allotting: Allotting
  seed: string | null
  cohort: Cohort
  fromOn: Temporal.PlainDate
  untilOn: Temporal.PlainDate
  endedAt: Temporal.Instant | null
  came: string | null
  decided: string | null
  by: string | null
}>

type OneProps = FormState &
  Readonly<{
    pilot: Shown
    names: Readonly<Record<'providers' | 'coaches' | 'councils', ReadonlyMap<string, string>>>
    /** What was changed while it ran, the newest first, each with how it was before. */
    changes: readonly (Pick<Shown, 'id' | 'cohort' | 'fromOn' | 'untilOn' | 'by'> &
      Readonly<{ why: string; at: Temporal.Instant }>)[]
    today: Temporal.PlainDate
    now: Temporal.Instant
    /** Whether its reader decides about it, may see its numbers, and looks after people. */
    decides: boolean
    counts: boolean
    cares: boolean
  }>

/** One pilot: what is tried, for whom, in which words people are asked, and how it ended. */
export const PilotPage = ({ pilot, names, changes, today, now, ...props }: OneProps) => {
  const { decides, counts, cares, problems, typed } = props
  const standing = standings[standingOf(pilot, today)]
  return (
    <Page
      title={pilot.name}
      heading={
        <>
          {pilot.name} <Tag colour={standing.colour}>{standing.label}</Tag>
        </>
      }
      caption="Pilot"
      back={{ href: '/pilots', label: 'All pilots' }}
      problems={problems}
      width="reading"
      actions={<Ways {...{ pilot, today, counts, cares }} />}
    >
      <SummaryList rows={rowsOf(pilot, names, decides)} />
      {pilot.endedAt !== null && typed['came'] ? (
        <NotKept words={[typed['came'], typed['decided'] ?? ''].flat()} />
      ) : null}
      <h2 className="nhsuk-heading-m">The words in which people are asked</h2>
      <blockquote className="ww-words">{pilot.words}</blockquote>
      <p className="nhsuk-hint">Version {pilot.version}. Who answered before answered to the words of their day.</p>
      {changes.length > 0 ? <Changes {...{ changes, names, now }} /> : null}
      {decides && pilot.endedAt === null ? <Deciding pilot={pilot} {...{ problems, typed }} /> : null}
    </Page>
  )
}

const Ways = ({ pilot, today, counts, cares }: Pick<OneProps, 'pilot' | 'today' | 'counts' | 'cares'>) => {
  const stands = standingOf(pilot, today)
  const past = stands === 'over' || stands === 'ended'
  return (
    <>
      {cares ? (
        <LinkButton href={`/pilots/${pilot.id}/people`}>{past ? 'Who was asked' : 'Who could take part'}</LinkButton>
      ) : null}{' '}
      {counts ? (
        <LinkButton href={`/pilots/${pilot.id}/result`} secondary>
          What came of it, in numbers
        </LinkButton>
      ) : null}
    </>
  )
}

function rowsOf(pilot: Shown, names: OneProps['names'], decides: boolean) {
  return [
    { label: 'What is tried', value: pilot.tried },
    { label: 'Days', value: `${longDay(pilot.fromOn)} to ${longDay(pilot.untilOn)}` },
    { label: 'For whom', value: <Lines lines={cohortInWords(pilot.cohort, names)} /> },
    { label: 'Who gets it', value: allottings[pilot.allotting].label },
    // Whoever asks people must not be able to work out beforehand who gets what.
    ...(decides && pilot.seed !== null ? [{ label: 'Seed', value: pilot.seed }] : []),
    { label: 'Measured by', value: measuresInWords(pilot.measured) },
    { label: 'Registered by', value: pilot.by },
    ...(pilot.came === null ? [] : [{ label: 'How it ended', value: pilot.came }]),
    ...(pilot.decided === null ? [] : [{ label: 'What was decided', value: pilot.decided }]),
  ]
}

const Lines = ({ lines }: Readonly<{ lines: readonly string[] }>) => (
  <>
    {lines.map((line) => (
      <div key={line}>{line}</div>
    ))}
  </>
)

const Changes = ({ changes, names, now }: Pick<OneProps, 'changes' | 'names' | 'now'>) => (
  <>
    <h2 className="nhsuk-heading-m">What was changed on the way</h2>
    <Timeline
      happenings={changes.map(({ id, why, at, by, ...was }) => ({
        ...{ key: id, what: why, when: inWords(at, now), moment: at.toString() },
        ...(by === null ? {} : { by }),
        text: (
          <>
            <p>It was before:</p>
            <Before {...was} names={names} />
          </>
        ),
      }))}
      empty=""
    />
  </>
)

const Deciding = ({ pilot, problems, typed }: FormState & Readonly<{ pilot: Shown }>) => (
  <>
    <p>
      <a href={`/pilots/${pilot.id}/change`}>Change its days or whom it is for</a>
    </p>
    <Form action={`/pilots/${pilot.id}/wording`} {...{ problems, typed }}>
      <Folded summary="Write new words" fields={['wording']}>
        <TextArea name="wording" label="The new words" rows={6} maximum={2000} value={pilot.words} />
        <Button small>Use these from now on</Button>
      </Folded>
    </Form>
    <Form action={`/pilots/${pilot.id}/ending`} {...{ problems, typed }}>
      <Folded summary="End this pilot" fields={['came', 'decided']}>
        <TextArea
          name="came"
          label="How did it end?"
          hint="What was seen, and what cannot be said. A difference between two groups does not say why it is there."
          rows={4}
          maximum={2000}
        />
        <TextArea name="decided" label="What was decided?" rows={3} maximum={1000} />
        <Button small>End it</Button>
      </Folded>
    </Form>
  </>
)
