import { Tag } from '#platform/html/content.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { languages } from '#platform/language/rules.ts'
import type { Say } from '#platform/language/say.ts'
import type { SickPayRule } from '#registers/sick-pay/rules.ts'
import type { OwnReturn, OwnWeek } from '#journey/my-plan/rules.ts'
import { inPounds, type NotDue, type SickPayInWeek } from '#journey/phased-return/rules.ts'

type ReturnProps = Readonly<{
  phased: OwnReturn
  heading?: string
  /** Each week as lines of its own, for those to whom a table is too wide or too much at once. */
  listed?: boolean
}>

/** Going back to work week by week: days, hours and work, when it is looked at, and what a week may pay as a guide. */
export function PhasedReturn({ phased, heading = 'Going back to work step by step', listed = false }: ReturnProps) {
  const say = useSay()
  const { beginsOn, fullFrom, weeks, ...pay } = phased
  const isPayKnown = weeks.some((week) => week.pay !== null || week.sick !== null)
  return (
    <section className="ww-phased">
      <h2 className="nhsuk-heading-m">
        <Said text={heading} />
      </h2>
      <p>
        {say('It begins on {day}. From {full} you work your usual hours.', {
          ...{ day: say.day(beginsOn), full: say.day(fullFrom) },
        })}
      </p>
      {listed ? <Listed {...{ weeks, isPayKnown }} /> : <Tabled {...{ weeks, isPayKnown }} />}
      <p>
        <Said text="This is a proposal until you, your employer and your coach have agreed it. If a week is too much or too little, tell your coach." />
      </p>
      {isPayKnown ? <Guide {...pay} /> : null}
    </section>
  )
}

type WeeksProps = Readonly<{ weeks: readonly OwnWeek[]; isPayKnown: boolean }>

function Tabled({ weeks, isPayKnown }: WeeksProps) {
  const say = useSay()
  return (
    <Table
      caption={say('Week by week')}
      captionSize="hidden"
      columns={[...weekColumns(say), ...(isPayKnown ? [payColumn(say)] : [])]}
      rows={weeks}
      rowKey={({ number }) => `${number}`}
      empty={null}
    />
  )
}

function Listed({ weeks, isPayKnown }: WeeksProps) {
  const say = useSay()
  return weeks.map((week) => (
    <section key={week.number}>
      <h3 className="nhsuk-heading-s">{say('Week {number}', { number: week.number })}</h3>
      <p>{say('{from} to {until}', { from: say.day(week.from), until: say.day(week.until) })}</p>
      <p>{daysOf(say, week)}</p>
      <p>
        <Said text="Work" />: <WorkOf week={week} />
      </p>
      {isPayKnown ? (
        <p>
          <Said text="Pay (guide)" />: {payOf(say, week)}
        </p>
      ) : null}
    </section>
  ))
}

const weekColumns = (say: Say): readonly Column<OwnWeek>[] => [
  { key: 'week', label: say('Week'), names: true, cell: (week) => <Named week={week} /> },
  { key: 'days', label: say('Days and hours'), prose: true, cell: (week) => daysOf(say, week) },
  { key: 'work', label: say('Work'), prose: true, cell: (week) => <WorkOf week={week} /> },
]

function Named({ week: { number, from, until, isNow } }: Readonly<{ week: OwnWeek }>) {
  const say = useSay()
  return (
    <span className="ww-week">
      {say('Week {number}', { number })} {isNow ? <Tag>{say('This week')}</Tag> : null}
      <small>{say('{from} to {until}', { from: say.day(from), until: say.day(until) })}</small>
    </span>
  )
}

function daysOf(say: Say, { days, hours, total }: OwnWeek) {
  if (days.length === 0) return say('No work this week')
  const { locale } = languages[say.language]
  return (
    <span>
      {new Intl.ListFormat(locale).format(days.map((day) => day.toLocaleString(locale, { weekday: 'long' })))}
      <br />
      {hoursOf(say, { days: days.length, hours, total })}
    </span>
  )
}

function WorkOf({ week: { duties, review } }: Readonly<{ week: OwnWeek }>) {
  const say = useSay()
  return (
    <span>
      {duties === null ? say('As usual') : <bdi>{duties}</bdi>}
      {review ? (
        <>
          <br />
          <strong>{say('At the end of the week you look at it together.')}</strong>
        </>
      ) : null}
    </span>
  )
}

type Hours = Readonly<{ days: number; hours: number; total: number }>

function hoursOf(say: Say, { days, hours, total }: Hours): string {
  const inHours = (n: number) => say('{n, plural, one {# hour} other {# hours}}', { n })
  if (days === 1) return inHours(total)
  return say('{daily} a day, {total} in the week', { daily: inHours(hours), total: inHours(total) })
}

const payColumn = (say: Say): Column<OwnWeek> => ({
  ...{ key: 'pay', label: say('Pay (guide)'), prose: true, cell: (week) => payOf(say, week) },
})

const payOf = (say: Say, { pay, sick }: OwnWeek) => (
  <span>
    {pay === null ? null : say('About {amount} for your hours', { amount: inPounds(pay) })}
    {pay === null || !sick ? null : <br />}
    {sick ? sickPayOf(say, sick) : null}
    {sick?.notDue.map((one) => (
      <small key={one.why} className="ww-under">
        {whyNotDue(say, one)}
      </small>
    ))}
  </span>
)

const sickPayOf = (say: Say, { days, amount }: SickPayInWeek) =>
  days === 0
    ? say('No sick pay')
    : say('About {amount} sick pay for {n, plural, one {# day} other {# days}}', {
        ...{ amount: inPounds(amount), n: days },
      })

/** Why no sick pay is due for days of a week, in words for the participant. */
function whyNotDue(say: Say, one: NotDue): string {
  if (one.why === 'at-work') return say('You work on all your usual days.')
  const { waitingDays, mostWeeks, leastInRow, leastEarned } = one.rule
  const words = {
    waiting: () => say('The first {n} days of work that you miss are not paid.', { n: waitingDays }),
    over: () => say('It is paid for {n} weeks at most, and these are over.', { n: mostWeeks }),
    short: () => say('Only {n} or more days off in a row count.', { n: leastInRow }),
    earnings: () =>
      say('It is not paid to people who earn less than {amount} a week.', { amount: inPounds(leastEarned ?? 0) }),
  } as const
  return words[one.why]()
}

/** That the pay is a guide, and what it rests on. */
const Guide = ({ isFlatRate, rates }: Pick<OwnReturn, 'isFlatRate' | 'rates'>) => (
  <>
    <p>
      <Tag colour="yellow">
        <Said text="Guide" />
      </Tag>{' '}
      <Said text="The pay is a guide. Your employer works out what you are paid. Many employers pay more sick pay than they have to. Holiday and benefits can change it." />
    </p>
    {isFlatRate ? (
      <p>
        <Said text="We do not know what you usually earn, so this is the full rate of Statutory Sick Pay. It is less if you earn little." />
      </p>
    ) : null}
    {rates.map((rate) => (
      <p key={rate.fromOn.toString()} className="nhsuk-hint">
        <Rate rate={rate} />
      </p>
    ))}
  </>
)

function Rate({ rate: { weekly, share, fromOn, source } }: Readonly<{ rate: SickPayRule }>) {
  const say = useSay()
  const facts = { amount: inPounds(weekly), day: say.day(fromOn), source: <bdi lang="en">{source}</bdi> }
  return share === null ? (
    <Said text="Statutory Sick Pay is {amount} a week from {day}. Source: {source}" with={facts} />
  ) : (
    <Said
      text="Statutory Sick Pay is {amount} a week from {day}, or {share}% of what you earn if that is less. Source: {source}"
      with={{ ...facts, share }}
    />
  )
}
