import { Fragment } from 'react'
import { dayOf, inWords, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, type CodeList, RadiosFrom } from '#platform/html/choices.tsx'
import { CopyLink, Inset, Tag } from '#platform/html/content.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { noLinkSent } from '#registers/online/rules.ts'
import { labelOf } from '#registers/questionnaires/rules.ts'
import { handings, noLongerAsked, openFor, stateOf, states } from './rules.ts'

type Row = Readonly<{
  id: string
  instruments: readonly string[]
  by: string | null
  askedAt: Temporal.Instant
  expiresAt: Temporal.Instant
  sentAt: Temporal.Instant | null
  withdrawnAt: Temporal.Instant | null
  /** What is no longer asked of it, and how far they came with that. */
  gone: readonly Readonly<{ code: string; far: keyof typeof noLongerAsked }>[]
}>

type AskProps = FormState &
  Readonly<{
    id: string
    person: Readonly<{ id: string; name: string }>
    /** Where a message would go; undefined where none may. */
    toldBy: string | undefined
    /** Whether their online access is closed. */
    closed: boolean
    offered: CodeList
    usual: readonly string[]
    /** Whether somebody reads what people answer by themselves. */
    covered: boolean
    askings: readonly Row[]
    now: Temporal.Instant
  }>

/** Asks somebody to answer on their own phone, by a link. */
export const AskByLink = ({
  id,
  person,
  toldBy,
  closed,
  offered,
  usual,
  covered,
  askings,
  now,
  ...state
}: AskProps) => (
  <FormPage
    title="Let them answer by a link"
    caption={person.name}
    lede="They answer on their own phone, without an account. They may stop and go on by the same link. You see the answers once they are sent."
    back={{ href: `/people/${person.id}/questionnaires`, label: 'Back to the questionnaires' }}
    action={`/people/${person.id}/questionnaires/links`}
    fields={{ id }}
    width="reading"
    {...state}
  >
    <CheckboxesFrom name="instruments" label="What are they asked?" list={offered} value={usual} />
    {'phq-9' in offered ? <AboutHarm covered={covered} /> : null}
    <RadiosFrom name="days" label="How long may they answer?" list={openFor} value="7" inline />
    {closed ? <NothingOnline person={person} /> : <Handing toldBy={toldBy} />}
    <Button>Let them answer</Button>
    <Table
      caption="Asked before"
      columns={columns(person.id, now)}
      rows={askings}
      rowKey={(one) => one.id}
      empty="Nobody has asked them by a link yet."
    />
  </FormPage>
)

const AboutHarm = ({ covered }: Readonly<{ covered: boolean }>) => (
  <Inset>
    {covered ? (
      <p>
        The PHQ-9 asks about being better off dead. They read before they answer when somebody sees it and whom to call
        until then. An answer above “not at all” opens a concern as soon as they save it.
      </p>
    ) : (
      <p>
        The last question of the PHQ-9, about being better off dead, is left out: your area has named nobody who reads
        what people answer by themselves, or they are away. It then counts as the mean of the others.{' '}
        <a href="/area/safety">See who decides this</a>.
      </p>
    )}
  </Inset>
)

const NothingOnline = ({ person }: Pick<AskProps, 'person'>) => (
  <Inset>
    <p id="handing">
      <strong>{noLinkSent}</strong> Ask them by phone or in person and{' '}
      <a href={`/people/${person.id}/questionnaires`}>write down what they say</a>. If you go on here you get the link
      yourself: open it with them on your own device, and do not send it.
    </p>
  </Inset>
)

const Handing = ({ toldBy }: Readonly<{ toldBy: string | undefined }>) =>
  toldBy === undefined ? (
    <Inset>
      <p id="handing">
        No message can go to this person: no means on record is safe and wanted, or they have not agreed to be
        contacted. You get the link to pass it on.
      </p>
    </Inset>
  ) : (
    <RadiosFrom
      name="handing"
      label="How do they get the link?"
      list={{ ...handings, message: { ...handings.message, hint: toldBy } }}
      value="message"
    />
  )

// One thing for a phone, where the parts of a cell would stand beside each other.
const WhatWasAsked = ({ instruments, gone }: Pick<Row, 'instruments' | 'gone'>) => {
  const still = instruments.filter((code) => !gone.some((one) => one.code === code)).map(labelOf)
  const lines = gone.map(({ code, far }) => `${labelOf(code)}: ${noLongerAsked[far]}`)
  const all = still.length > 0 ? [still.join(', '), ...lines] : lines
  return (
    <span>
      {all.map((line, place) => (
        <Fragment key={line}>
          {place > 0 ? <br /> : null}
          {line}
        </Fragment>
      ))}
    </span>
  )
}

const columns = (person: string, now: Temporal.Instant): readonly Column<Row>[] => [
  { key: 'what', label: 'What', names: true, cell: (row) => <WhatWasAsked {...row} /> },
  { key: 'asked', label: 'Asked', cell: ({ by, askedAt }) => `${by ?? ''}, ${inWords(askedAt, now)}` },
  { key: 'until', label: 'Open until', nowrap: true, cell: ({ expiresAt }) => longDay(dayOf(expiresAt)) },
  {
    key: 'state',
    label: 'State',
    cell: (row) => {
      const state = stateOf(row, now)
      return (
        <>
          <Tag colour={states[state].colour}>{states[state].label}</Tag>{' '}
          {state === 'open' ? (
            <Button
              action={`/people/${person}/questionnaires/links/${row.id}/withdrawal`}
              small
              secondary
              context={longDay(dayOf(row.askedAt))}
            >
              Take back
            </Button>
          ) : null}
        </>
      )
    },
  },
]

type HandedProps = Readonly<{
  person: Readonly<{ id: string; name: string }>
  closed: boolean
  link: string
  until: string
}>

/** The link, for whoever passes it on. It is said only once. */
export const LinkToPassOn = ({ person, closed, link, until }: HandedProps) => (
  <Page
    title={closed ? 'Open this link with them' : 'Pass this link on'}
    caption={person.name}
    back={{ href: `/people/${person.id}/questionnaires`, label: 'Back to the questionnaires' }}
    width="reading"
  >
    {closed ? <p>Their online access is closed: open it on your own device, and do not send it.</p> : null}
    <p>
      They can answer with it until {until}. Copy it now: it is not shown again. Give it to nobody but them: whoever has
      it can answer in their place.
    </p>
    <CopyLink label="Link to the questions" address={link} />
  </Page>
)
