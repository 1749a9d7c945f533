import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Details, Inset, Warnings, WhatWasWritten } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { LinkList, SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type EarlyEnd, earlyEnds } from '#journey/episode/rules.ts'
import { type Way, ways } from '#journey/reaching/rules.ts'
import { warningsOfConcern } from '#journey/safety/rules.ts'
import { reasonsToEnd, type SpokenEnd, type WayTold, waysTold } from './rules.ts'

export type About = Readonly<{ person: string; record: string; address: string }>

type EndProps = FormState &
  About &
  Before &
  Readonly<{ id: string; areas: CodeList; today: string; suggested: SpokenEnd | undefined }>

/** What should be known before support is ended. */
type Before = Readonly<{
  episode: string
  tries: readonly Readonly<{ id: string; way: Way; on: Temporal.PlainDate }>[]
  triedEnough: boolean
  booked: readonly Readonly<{ id: string; when: string }>[]
  concern: boolean
}>

/** Ending support before a plan is completed: why, what the person said, and where they go from here. */
export const EndSupport = ({ id, areas, today, suggested, problems, typed, ...about }: EndProps) => (
  <FormPage
    title="End support early"
    caption={about.person}
    lede="Support only ends when somebody says so here. Nothing ends by itself."
    back={{ href: about.record, label: `Back to ${about.person}` }}
    action={about.address}
    {...{ problems, typed }}
    draft
    fields={{ id }}
    width="reading"
  >
    <BeforeYouEnd {...about} leaving={suggested !== undefined} />
    <RadiosFrom
      name="as"
      label="Why does support end?"
      list={reasonsToEnd}
      value={suggested}
      reveal={{
        moved: <SelectFrom name="toArea" label="Which area did they move to?" list={areas} />,
        unreachable: <Tries {...about} />,
      }}
    />
    <TextArea
      name="said"
      label="What did the person say about it? (optional)"
      hint="In their words, as far as you can. Nobody has to give a reason"
      rows={3}
      maximum={1000}
    />
    <TextField
      name="handedTo"
      label="Where were they handed on to?"
      hint="The service or person who helps from here. Leave this empty if they want nobody"
    />
    <RadiosFrom name="told" label="How were they told that support ends, and where they can go?" list={waysTold} />
    <DateField name="ended" label="On which day did support end?" value={today} />
    <Button warning>End support</Button>
  </FormPage>
)

const BeforeYouEnd = ({ leaving, ...about }: About & Before & { leaving: boolean }) => (
  <>
    {leaving ? (
      <Inset>
        <p>They do not take part any more. Nothing else is due, and support stays open until you end it here.</p>
      </Inset>
    ) : null}
    <OtherEnds {...about} />
    <Warnings warnings={warningsOfConcern(about, 'support ends')} />
    <StillBooked {...about} />
  </>
)

const OtherEnds = ({ address }: About) => (
  <p>
    If they reached what they wanted, <a href={address.replace(/ending$/, 'completion')}>complete the plan</a> instead.
    If the person has died, <a href={`${address}/death`}>record it here</a>.
  </p>
)

const StillBooked = ({ booked }: Before) =>
  booked.length > 0 ? (
    <Inset>
      <p>Still booked, and called off when support ends:</p>
      <LinkList links={booked.map(({ id, when }) => ({ href: `/appointments/${id}`, label: when }))} />
    </Inset>
  ) : null

const Tries = ({ tries, triedEnough }: Before) => (
  <>
    <p>
      {tries.length === 0
        ? 'No try is logged since they were last spoken to.'
        : 'Tried since they were last spoken to:'}
    </p>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {tries.map(({ id, way, on }) => (
        <li key={id}>
          {longDay(on)}, {ways[way].label.toLowerCase()}
        </li>
      ))}
    </ul>
    {triedEnough ? null : (
      <TextField
        name="fewTriesBecause"
        label="Why does support end with fewer tries than this area asks for?"
        hint="Tries count on different days or in different ways, and in at least two ways"
      />
    )}
  </>
)

type DeathProps = FormState & About & Readonly<{ id: string; known: Temporal.PlainDate | null }>

/** Recording a death: few words, one day, everything stops. */
export const RecordDeath = ({ person, record, address, id, known, problems, typed }: DeathProps) => (
  <FormPage
    title={`${person} has died`}
    back={{ href: record, label: `Back to ${person}` }}
    action={`${address}/death`}
    {...{ problems, typed }}
    fields={{ id }}
    width="reading"
  >
    <p>We are sorry. Take the time you need, and talk to your duty lead if this was somebody you knew well.</p>
    <p>
      When you confirm, support ends at once and no message, reminder or questionnaire goes out to this person any more.
    </p>
    <DateField
      name="died"
      label="On which day did they die? (optional)"
      hint="Leave this empty if you do not know"
      value={known?.toString()}
    />
    <TextArea name="said" label="Who told you, and what should colleagues know? (optional)" rows={3} maximum={1000} />
    <ButtonGroup>
      <Button>Confirm</Button>
      <LinkButton href={record} secondary>
        Go back
      </LinkButton>
    </ButtonGroup>
  </FormPage>
)

/** Why support cannot be ended, or an ending not taken back. */
export const CannotEnd = ({ person, record, reasons }: About & { reasons: readonly string[] }) => (
  <Page
    title="This is not possible now"
    caption={person}
    back={{ href: record, label: `Back to ${person}` }}
    width="reading"
  >
    <ul className="nhsuk-list nhsuk-list--bullet">
      {reasons.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
    <WhatWasWritten />
  </Page>
)

type Ended = Readonly<{
  ended_as: EarlyEnd
  ended_on: Temporal.PlainDate
  said: string | null
  handed_to: string | null
  told: WayTold | null
  moved_to: string | null
  died_on: Temporal.PlainDate | null
  few_tries_because: string | null
}>
type EndedProps = FormState & About & Readonly<{ ending: Ended; takeBack: string | undefined }>

/** An early ending as it stands. */
export const SupportEnded = ({ person, record, address, ending, takeBack, problems, typed }: EndedProps) => (
  <Page
    title="Support has ended"
    caption={person}
    back={{ href: record, label: `Back to ${person}` }}
    problems={problems}
    width="reading"
  >
    <SummaryList
      rows={[
        { label: 'Why', value: earlyEnds[ending.ended_as].label },
        { label: 'Ended on', value: longDay(ending.ended_on) },
        ...(ending.died_on ? [{ label: 'Died on', value: longDay(ending.died_on) }] : []),
        ...(ending.moved_to ? [{ label: 'Moved to', value: ending.moved_to }] : []),
        ...(ending.few_tries_because ? [{ label: 'Why with few tries', value: ending.few_tries_because }] : []),
        { label: 'What they said', value: ending.said },
        { label: 'Handed on to', value: ending.handed_to },
        { label: 'How they were told', value: ending.told && waysTold[ending.told].label },
      ]}
    />
    {takeBack === undefined ? null : (
      <Details summary="This was recorded by mistake" open={problems.length > 0}>
        <Form action={`${address}/withdrawal`} problems={problems} typed={typed} fields={{ id: takeBack }}>
          <TextField
            name="reason"
            label="Why is the ending taken back?"
            hint="Support then goes on from where it was"
          />
          <Button warning>Take the ending back</Button>
        </Form>
      </Details>
    )}
  </Page>
)
