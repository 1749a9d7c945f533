import { dayOf, inWords, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, type CodeList, RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { CopyLink, Inset, Tag } from '#platform/html/content.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { noLinkSent } from '#registers/online/rules.ts'
import { type Purpose, purposes } from '#journey/appointment/rules.ts'
import { modesInWords } from '#journey/availability/rules.ts'
import { allModes, modes } from '#journey/invitation/rules.ts'
import { handings, type Offer, offerStates, openFor, stateOf } from './rules.ts'

type Row = Offer &
  Readonly<{
    id: string
    purpose: Purpose
    memberName: string | null
    by: string | null
    offeredAt: Temporal.Instant
    told_by: string
  }>

type OfferProps = FormState &
  Readonly<{
    id: string
    episode: string
    person: Readonly<{ id: string; name: string; toldBy: string | undefined; closed: boolean }>
    members: CodeList
    member: string
    purpose: Purpose
    /** How many times are free with the colleague who is chosen, within the days that people may choose from. */
    free: number
    days: number
    offers: readonly Row[]
    now: Temporal.Instant
  }>

/** Letting a person choose the time of an appointment themselves. */
export const OfferForm = ({ id, episode, person, members, member, purpose, free, days, ...rest }: OfferProps) => {
  const { offers, now, ...state } = rest
  return (
    <FormPage
      title="Let them choose a time"
      caption={person.name}
      lede="They get a link, need no account, and see only free times: no name, and not what it is about."
      back={{ href: `/episodes/${episode}/appointments`, label: 'Back to the appointments' }}
      width="reading"
      action={`/episodes/${episode}/offers`}
      fields={{ id }}
      {...state}
    >
      <SelectFrom name="member" label="With whom?" list={members} value={member} empty={false} />
      <Inset>
        <p>
          {members[member]?.label ?? 'They'} {free === 1 ? 'has 1 free time' : `has ${free} free times`} within the next{' '}
          {days} days.{' '}
          <a href={`/coaches/${member}/week?${new URLSearchParams({ episode }).toString()}`}>See the week</a>
        </p>
      </Inset>
      <RadiosFrom name="purpose" label="What for?" list={purposes} value={purpose} />
      <CheckboxesFrom name="modes" label="How may they meet?" list={modes} value={allModes} />
      <RadiosFrom name="days" label="How long may they choose?" list={openFor} value="14" inline />
      {person.closed ? <NothingOnline episode={episode} /> : <Handing toldBy={person.toldBy} />}
      <Button>Let them choose</Button>
      <Table
        caption="Asked before"
        columns={columns(now)}
        rows={offers}
        rowKey={(one) => one.id}
        empty="Nobody has asked them to choose a time yet."
      />
    </FormPage>
  )
}

const NothingOnline = ({ episode }: Pick<OfferProps, 'episode'>) => (
  <Inset>
    <p>
      <strong>{noLinkSent}</strong> Ring them and <a href={`/episodes/${episode}/appointments/new`}>agree a time</a>. If
      you go on here you get the link yourself: open it with them on your own device, and do not send it.
    </p>
  </Inset>
)

const Handing = ({ toldBy }: Readonly<{ toldBy: string | undefined }>) =>
  toldBy === undefined ? (
    <Inset>
      <p>No message can go to this person: no means on record is safe and wanted. You get the link to pass it on.</p>
    </Inset>
  ) : (
    <RadiosFrom
      name="handing"
      label="How do they get the link?"
      list={{ ...handings, message: { ...handings.message, hint: toldBy } }}
      value="message"
    />
  )

function columns(now: Temporal.Instant): readonly Column<Row>[] {
  return [
    {
      key: 'what',
      label: 'What for',
      names: true,
      cell: ({ purpose, memberName }) => `${purposes[purpose].label}, with ${memberName ?? 'a colleague'}`,
    },
    { key: 'how', label: 'How', cell: ({ modes: ways }) => modesInWords(ways) },
    { key: 'asked', label: 'Asked', cell: ({ by, offeredAt }) => `${by ?? ''}, ${inWords(offeredAt, now)}` },
    { key: 'until', label: 'Open until', nowrap: true, cell: ({ expiresAt }) => longDay(dayOf(expiresAt)) },
    {
      key: 'state',
      label: 'State',
      cell: (row) => {
        const state = stateOf(row, now)
        return (
          <>
            <Tag colour={offerStates[state].colour}>{offerStates[state].label}</Tag>{' '}
            {state === 'open' ? (
              <Button action={`/offers/${row.id}/withdrawal`} small secondary context={longDay(dayOf(row.offeredAt))}>
                Take back
              </Button>
            ) : null}
            {state === 'used' ? <a href={`/appointments/${row.id}`}>Open it</a> : null}
          </>
        )
      },
    },
  ]
}

type HandedProps = Readonly<{ episode: string; person: Readonly<{ name: string }>; link: string; until: string }>

/** The link, for whoever passes it on. It is said only once. */
export const OfferHanded = ({ episode, person, link, until }: HandedProps) => (
  <Page
    title="Pass this link on"
    caption={person.name}
    back={{ href: `/episodes/${episode}/appointments`, label: 'Back to the appointments' }}
    width="reading"
  >
    <p>
      They can choose a time with it until {until}. Copy it now: it is not shown again, and a new one takes its place.
    </p>
    <CopyLink label="Link to choose a time" address={link} />
  </Page>
)
