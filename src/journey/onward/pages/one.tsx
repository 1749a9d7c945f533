import { inWords, longDay } from '#platform/dates.ts'
import { Beside } from '#platform/html/arrangement.tsx'
import { Card } from '#platform/html/content.tsx'
import { SummaryList, Timeline } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Reaching, reachingRows } from '#platform/html/reaching.tsx'
import { byEmail } from '#journey/emailed-answer/rules.ts'
import { isOpen, kinds, meetings, waysOfAnswering, whatHappened } from '#journey/onward/rules.ts'
import { labelIn } from '#journey/timeline/rules.ts'
import { EmailsBefore } from './emailed.tsx'
import { Next } from './next.tsx'
import { type Happened, isUnread, type OneProps, StateTag } from './shown.tsx'

/** One onward referral: where it stands, what comes next, what was sent, and everything that happened. */
export const OneOnward = (props: OneProps) => {
  const { onward, person, now } = props
  return (
    <Page
      title={onward.serviceName}
      caption={`${person.name}, ${kinds[onward.kind].label.toLowerCase()}`}
      back={{ href: `/people/${person.id}/onward`, label: 'Onward referrals' }}
      actions={<StateTag state={onward.state} />}
    >
      <Beside beside={<About {...props} />}>
        <Next {...props} />
        <h2 className="nhsuk-heading-m">What happened</h2>
        <Timeline
          empty="Nothing yet. It was written down and not shown to them."
          happenings={onward.events.toReversed().map((one) => ({
            ...{ key: one.id, what: whatHappened(one), when: inWords(one.at, now), moment: one.at.toString() },
            ...{ by: whoOf(one, onward.serviceName), text: <Details {...one} goes={goesOf(one, props)} /> },
            tag: isUnread(one) ? { label: 'Not read yet', colour: 'orange' as const } : undefined,
          }))}
        />
        <EmailsBefore {...props} />
      </Beside>
    </Page>
  )
}

function whoOf({ witness, by, byName, how }: Happened, service: string): string {
  const said = by === null ? '' : `, written down by ${by}`
  const way = how ? `, ${labelIn({ ...waysOfAnswering, ...byEmail }, how).toLowerCase()}` : ''
  if (witness === 'service') return `${byName ? `${byName}, ` : ''}${service}${way}${said}`
  if (witness === 'person') return `the participant${way}${said}`
  return witness === 'team' ? (by ?? 'a member who has left') : 'WorkWell by itself'
}

/** When the service is sent what an event says it was sent, as long as that has not gone; undefined for everything else. */
function goesOf({ kind, at }: Happened, { sent, goes, now }: OneProps): string | undefined {
  if (goes === null || !sent?.at.equals(at) || !(kind === 'sent' || kind === 'nudged')) return undefined
  return goes.equals(now)
    ? 'The email has not gone yet.'
    : `The email goes ${inWords(goes, now)}: nothing goes in the quiet hours.`
}

const Details = ({ onDay, place, sessions, note, goes }: Happened & Readonly<{ goes: string | undefined }>) => (
  <>
    {goes ? <p>{goes}</p> : null}
    {onDay ? <p>Day: {longDay(onDay)}</p> : null}
    {place ? <p>Place in the queue: {place}</p> : null}
    {sessions ? <p>{sessions === 1 ? 'Once' : `${sessions} times`}</p> : null}
    {note ? <p className="ww-words">{note}</p> : null}
  </>
)

/** Whether there is something to hand over: they said yes, and it is not over. */
const packed = ({ kind, state, events }: OneProps['onward']) =>
  kind !== 'signpost' && isOpen(state) && events.some((event) => event.kind === 'agreed')

/** What goes to the service: all that is proposed until the person has answered, and then what they said yes to. */
const WhatIsSent = ({ onward: { kind, parts, events } }: Pick<OneProps, 'onward'>) => {
  const yes = events.findLast((event) => event.kind === 'agreed')
  const agreed = yes ? parts.filter(({ part }) => yes.parts?.includes(part)) : parts
  const leftOut = parts.filter((one) => !agreed.includes(one)).map(({ label }) => label.toLowerCase())
  return (
    <Card heading={kind === 'signpost' ? 'What it is for' : 'What is sent'}>
      <SummaryList compact rows={agreed.map(({ label, value }) => ({ label, value }))} />
      {leftOut.length > 0 ? <p>They left out, so do not tell the service: {leftOut.join(', ')}.</p> : null}
    </Card>
  )
}

const Reach = (reaching: Reaching) => (
  <Card heading="The details to give them">
    <SummaryList compact rows={reachingRows(reaching)} />
  </Card>
)

const About = ({ onward, reference, sent, reaching, now }: OneProps) => (
  <>
    <WhatIsSent onward={onward} />
    {reaching ? <Reach {...reaching} /> : null}
    <Card heading="About this referral" tone="quiet">
      <SummaryList
        compact
        rows={[
          { label: 'For the goal', value: onward.words },
          { label: 'Reference', value: reference },
          ...(onward.address
            ? [{ label: 'Goes to', value: [onward.contact, onward.address].filter(Boolean).join(', ') }]
            : []),
          ...(sent ? [{ label: 'Newest link', value: `Given out ${inWords(sent.at, now)}` }] : []),
          ...(onward.meet ? [{ label: 'Hand-over', value: meetings[onward.meet].label }] : []),
        ]}
      />
      <p>
        <a href={`/services/${onward.service}`}>The service in the directory</a>
      </p>
      {packed(onward) ? (
        <p>
          <a href={`/onward/${onward.id}/pack`}>Hand-over pack, to print or for another system</a>
        </p>
      ) : null}
      {onward.follows ? (
        <p>
          <a href={`/onward/${onward.follows}`}>The one before, which was not answered</a>
        </p>
      ) : null}
    </Card>
  </>
)
