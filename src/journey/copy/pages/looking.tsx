import { dayInWords, inWords, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Beside } from '#platform/html/arrangement.tsx'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Card, Inset, Tag } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Folded, Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { Table } from '#platform/html/table.tsx'
import { type Draft, type Entry, type Part, partCodes, parts } from '#journey/copy/drafting/rules.ts'
import * as rules from '#journey/copy/rules.ts'

export type Request = rules.Standing &
  Readonly<{
    id: string
    person: string
    name: string
    askedOn: Temporal.PlainDate
    how: rules.WayOfAsking
    note: string | null
    writtenDownBy: string | null
    looker: string | null
    lookerName: string | null
    way: rules.WayOfGiving | null
    untilOn: Temporal.PlainDate | null
    emptiedAt: Temporal.Instant | null
    firstDueOn: Temporal.PlainDate
    longerBecause: string | null
    longerToldOn: Temporal.PlainDate | null
    longerToldHow: rules.WayOfTelling | null
    closedAs: rules.Closing | null
  }>

type LookingProps = FormState &
  Readonly<{
    request: Request
    draft: Draft
    looks: ReadonlyMap<string, rules.Look>
    /** Who may look it through, by their membership. */
    lookers: Readonly<Record<string, Readonly<{ label: string }>>>
    /** Whether the reader is who looks it through. */
    mine: boolean
    now: Temporal.Instant
    today: Temporal.PlainDate
  }>

/** One request for a copy: who looks it through, which parts are done, and giving it. */
export const Looking = (props: LookingProps) => {
  const { request, problems } = props
  return (
    <Page
      title="Copy of a record"
      caption={request.name}
      back={{ href: '/copies', label: 'All requests' }}
      problems={problems}
    >
      <Beside beside={<About {...props} />}>
        {rules.isOpen(request) ? <Open {...props} /> : <Answered {...props} />}
      </Beside>
    </Page>
  )
}

const About = ({ request, today }: LookingProps) => (
  <Card heading="What was asked" actions={<a href={`/people/${request.person}`}>Open the record</a>}>
    <SummaryList
      compact
      rows={[
        {
          label: 'Asked',
          value: `${longDay(request.askedOn)}, ${rules.waysOfAsking[request.how].label.toLowerCase()}`,
        },
        ...(request.writtenDownBy ? [{ label: 'Written down by', value: request.writtenDownBy }] : []),
        { label: 'Due', value: dayInWords(request.dueOn, today) },
        ...longer(request),
        ...(request.note ? [{ label: 'Note', value: request.note }] : []),
        { label: 'Looked through by', value: request.lookerName ?? 'Nobody yet' },
      ]}
    />
    {rules.mayTakeLonger(request, today) ? (
      <p>
        <a href={`/copies/${request.id}/extension`}>It takes longer than a month</a>
      </p>
    ) : null}
  </Card>
)

function longer({ firstDueOn, longerBecause, longerToldOn, longerToldHow }: Request) {
  if (longerToldOn === null || longerToldHow === null) return []
  const told = `${longDay(longerToldOn)}, ${rules.waysOfTelling[longerToldHow].label.toLowerCase()}`
  return [
    { label: 'Was due', value: longDay(firstDueOn) },
    { label: 'Told that it takes longer', value: told },
    { label: 'Why', value: longerBecause },
  ]
}

const Open = (props: LookingProps) => (
  <>
    <Looker {...props} />
    <Parts {...props} />
    {props.mine ? <Give {...props} /> : null}
    <Close {...props} />
  </>
)

const Looker = ({ request, lookers, mine, problems, typed }: LookingProps) => (
  <>
    {mine ? (
      <p>You look this copy through. Everything the service keeps is drafted below: leave out what must not go out.</p>
    ) : (
      <Inset>
        <p>
          {request.looker
            ? `${request.lookerName ?? 'A member who has left'} looks this through. Nobody else marks or gives it.`
            : 'Somebody has to look this through before it can be given.'}
        </p>
      </Inset>
    )}
    <Form action={`/copies/${request.id}/looker`} problems={problems} typed={typed} className="ww-inline-form">
      <SelectFrom
        name="member"
        label="Who looks it through?"
        list={lookers}
        value={request.looker ?? undefined}
        empty="Choose somebody"
      />
      <Button secondary small>
        Save
      </Button>
    </Form>
  </>
)

const Parts = ({ request, draft, looks, mine, now }: LookingProps) => (
  <Table
    caption="Parts of the record"
    rows={partCodes}
    rowKey={(part) => part}
    columns={[
      {
        key: 'part',
        label: 'Part',
        names: true,
        cell: (part) =>
          mine && part !== 'readers' && draft[part].length > 0 ? (
            <a href={`/copies/${request.id}/parts/${part}`}>{parts[part].label}</a>
          ) : (
            parts[part].label
          ),
      },
      { key: 'entries', label: 'Entries', cell: (part) => draft[part].length },
      { key: 'out', label: 'Left out', cell: (part) => leftOut(draft[part], looks.get(part)) },
      {
        key: 'state',
        label: 'State',
        cell: (part) => <PartState part={part} entries={draft[part]} look={looks.get(part)} />,
      },
      { key: 'when', label: 'Looked through', cell: (part) => lookedInWords(looks.get(part), now) },
    ]}
    empty=""
  />
)

const leftOut = (entries: readonly Entry[], look: rules.Look | undefined) =>
  entries.filter((entry) => rules.markOf(entry, look) !== undefined).length

const lookedInWords = (look: rules.Look | undefined, now: Temporal.Instant) =>
  look ? `${inWords(look.at, now)}, ${look.by ?? 'a member who has left'}` : ''

type StateProps = Readonly<{ part: Part; entries: readonly Entry[]; look: rules.Look | undefined }>

const PartState = ({ part, entries, look }: StateProps) => {
  const { label, colour } = rules.partStates[rules.stateOfPart(part, entries, look)]
  return <Tag colour={colour}>{label}</Tag>
}

const Give = ({ request, draft, looks, problems, typed }: LookingProps) => {
  const unseen = rules.unseenParts(draft, looks)
  return (
    <>
      <h2 className="nhsuk-heading-m">Give the copy</h2>
      {unseen.length > 0 ? (
        <p>
          Look through first: {unseen.map((part) => parts[part].label).join('; ')}. The draft is made anew each time, so
          what is written meanwhile asks to be looked at too.
        </p>
      ) : (
        <Form action={`/copies/${request.id}/release`} problems={problems} typed={typed}>
          <RadiosFrom name="way" label="How do they get it?" list={rules.waysOfGiving} value="space" />
          <Button>Give this copy</Button>
        </Form>
      )}
    </>
  )
}

const Close = ({ request, problems, typed }: LookingProps) => (
  <Form action={`/copies/${request.id}/closing`} problems={problems} typed={typed}>
    <Folded summary="Close it without a copy" fields={['reason', 'note']}>
      <RadiosFrom name="reason" label="Why?" list={rules.closings} />
      <TextArea name="note" label="What they were told (optional)" rows={3} maximum={1000} />
      <Button secondary>Close this request</Button>
    </Folded>
  </Form>
)

const Answered = ({ request, now, today }: LookingProps) =>
  request.closedAt ? (
    <Inset>
      <p>
        Closed {inWords(request.closedAt, now)}
        {request.closedAs ? `: ${rules.closings[request.closedAs].label}` : ''}.
      </p>
    </Inset>
  ) : (
    <>
      <Inset>
        <p>
          Given {request.releasedAt ? inWords(request.releasedAt, now) : ''}
          {request.way ? `: ${rules.waysOfGiving[request.way].label.toLowerCase()}` : ''}.
        </p>
        {request.untilOn ? <p>They can fetch it until {dayInWords(request.untilOn, today)}.</p> : null}
      </Inset>
      {request.emptiedAt ? (
        <p>
          What stood in it was deleted {inWords(request.emptiedAt, now)}. That it was given stays here. They may ask for
          another copy at any time.
        </p>
      ) : (
        <LinkButton href={`/copies/${request.id}/document`} secondary>
          Open the copy, to print
        </LinkButton>
      )}
    </>
  )
