import { Fragment } from 'react'
import { dayOf } from '#platform/dates.ts'
import { Card, Inset, Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { AreaWords, Said, useSay } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import { labelsOf, type Ticked } from '#registers/fact/rules.ts'
import { isOnlyWish, isOwn } from '#registers/own-word/rules.ts'
import { allowances, basisOf, isTellable, type Switch, switches } from '#registers/permissions/rules.ts'
import type { Wording } from '#registers/wording/rules.ts'
import { basesInWords } from '#registers/own-agreements/rules.ts'

/** One answer as its giver sees it. */
export type Answer = Readonly<{
  id: string
  recipient: string
  given: boolean
  allows: string
  facts: Ticked
  wording_version: number | null
  how: string
  batch: string | null
  at: Temporal.Instant
}>

/** One of the seven, as it stands. */
export type Row = Readonly<{
  code: Switch
  /** The words in which it is offered today. */
  wording: Wording
  answer: Answer | undefined
  /** Those of whom something was said by name. */
  named: readonly Answer[]
}>

/** Something else that they were asked, as it stands: by the area's own words, and where they read and answer it. */
export type OtherRow = Readonly<{
  href: string
  name: string
  /** The words that they answered to, or where they have not those of today. */
  words: string
  /** Whether newer words are asked today. */
  changed: boolean
  tag: Readonly<{ label: string; colour: 'green' | 'grey' | 'orange' }>
  answered: Readonly<{ at: Temporal.Instant; version: number }> | undefined
}>

type OwnProps = Readonly<{ rows: readonly Row[]; others: readonly OtherRow[] }>

/** The seven things a person says yes or no to, one below the other, and what else they were asked. */
export const OwnAgreements = ({ rows, others }: OwnProps) => {
  const say = useSay()
  const { area } = useShell()
  const left = leftAt(rows)
  return (
    <Page
      title="What I agreed to"
      back={{ href: '/my', label: 'Home' }}
      lede="You can change each of these whenever you like. It holds at once, and it does not affect your benefits."
    >
      {left ? (
        <Inset>
          <p>{say('You have left. What waited to be sent was stopped, and open links no longer work.')}</p>
          <p>{say('Here is what you said before. It counts again if you come back. You can still say no.')}</p>
        </Inset>
      ) : null}
      {rows.map((row) => (
        <OneSwitch key={row.code} {...row} left={left} />
      ))}
      {others.map((other) => (
        <OneOther key={other.href} {...other} />
      ))}
      <ul className="nhsuk-list nhsuk-list--bullet">
        <li>
          <a href="/benefits">{say('This does not affect your benefits')}</a>
        </li>
        {area ? (
          <li>
            <a href={`/in/${area.code}/privacy`}>{say('How we use what you tell us')}</a>
          </li>
        ) : null}
      </ul>
    </Page>
  )
}

/** Since when somebody takes part no more, where they said so and have not come back. */
const leftAt = (rows: readonly Row[]) => {
  const part = rows.find(({ code }) => code === 'take-part')?.answer
  return part && !part.given ? part.at : undefined
}

type Left = Readonly<{ left: Temporal.Instant | undefined }>

const OneSwitch = ({ code, wording, answer, named, left }: Row & Left) => (
  <Card heading={switches[code].label} tag={<YesOrNo {...{ answer, named, left }} />}>
    <blockquote className="ww-words">
      <AreaWords text={wording.text} />
    </blockquote>
    <p>
      <Since code={code} answer={answer} wording={wording} named={named} />
    </p>
    {answer?.given && isTellable(code) ? <HowMuch {...answer} code={code} /> : null}
    {told(named).map((one) => (
      <Fragment key={one.id}>
        <p>
          <Said text="May be told: {name}" with={{ name: one.recipient }} />
        </p>
        <HowMuch {...one} code={code} />
      </Fragment>
    ))}
    {named.filter(isOnlyWish).map((one) => (
      <p key={one.id}>
        <Said text="Referred you, and hears only that it arrived: {name}" with={{ name: one.recipient }} />
      </p>
    ))}
    {answer?.given || !answer
      ? notTold(named).map((one) => (
          <p key={one.id}>
            <Said text="Not told: {name}" with={{ name: one.recipient }} />
          </p>
        ))
      : null}
    <p className="ww-aside">
      <Said text={basesInWords[basisOf[code]]} />
    </p>
    <p>
      {code === 'take-part' ? (
        <a href="/my/leaving">
          <Said text={left ? 'To come back later' : 'Leave the service'} />
        </a>
      ) : (
        <a href={`/my/agreements/${code}`}>
          <Said text="Change" />
          <span className="nhsuk-u-visually-hidden">
            : <Said text={switches[code].label} />
          </span>
        </a>
      )}
    </p>
  </Card>
)

function OneOther({ href, name, words, changed, tag, answered }: OtherRow) {
  const say = useSay()
  return (
    <Card heading={<AreaWords text={name} />} tag={<Tag colour={tag.colour}>{say(tag.label)}</Tag>}>
      <blockquote className="ww-words">
        <AreaWords text={words} />
      </blockquote>
      <p>
        {answered
          ? say('You answered on {day}, to version {version} of these words.', {
              ...{ day: say.day(dayOf(answered.at)), version: answered.version },
            })
          : say('You have not answered yet. Until you say yes, we do not do it.')}
      </p>
      {changed ? (
        <p>
          <Said text="The words have changed since you answered" />
        </p>
      ) : null}
      <p className="ww-aside">
        <Said text={basesInWords.consent} />
      </p>
      <p>
        <a href={href}>
          <Said text={answered ? 'Change' : 'Read it and answer'} />
          <span className="nhsuk-u-visually-hidden">
            : <AreaWords text={name} />
          </span>
        </a>
      </p>
    </Card>
  )
}

/** Those who may be told though they are named alone, and those who may not though others may. */
export const told = (named: readonly Answer[]) => named.filter((one) => one.given && !isOnlyWish(one))
export const notTold = (named: readonly Answer[]) => named.filter(({ given }) => !given)

/** The newest no that somebody said themselves to one by name: where they were asked of nobody else, it is their answer. */
const lastRefused = (named: readonly Answer[]) =>
  notTold(named)
    .filter(isOwn)
    .toSorted((one, other) => Temporal.Instant.compare(other.at, one.at))[0]

const YesOrNo = ({ answer, named, left }: Pick<Row, 'answer' | 'named'> & Left) => {
  const say = useSay()
  const yes = [...(answer?.given ? [answer] : []), ...told(named)]
  if (left && yes.length > 0 && yes.every(({ at }) => Temporal.Instant.compare(at, left) <= 0))
    return <Tag colour="grey">{say('Yes, before you left')}</Tag>
  if (!answer?.given && told(named).length > 0) return <Tag colour="green">{say('Yes, those you named')}</Tag>
  const said = answer ?? lastRefused(named)
  if (!said) return <Tag colour="grey">{say('Not asked yet')}</Tag>
  return said.given ? <Tag colour="green">{say('Yes')}</Tag> : <Tag colour="orange">{say('No')}</Tag>
}

/** How much a yes allows, and which facts. */
export const HowMuch = ({ code, allows, facts: ticked }: Pick<Answer, 'allows' | 'facts'> & { code: Switch }) => {
  const say = useSay()
  // Somebody at work is told what was ticked and nothing else: no summary of the support.
  const isTicked = code === 'employer' && allows === 'summary' && ticked !== null
  if (isTicked && ticked.length === 0) return <p>{say('They may be told no more than your name.')}</p>
  const label = Object.entries(allowances).find(([code]) => code === allows)?.[1].label ?? allows
  return (
    <>
      <p>{isTicked ? say('They may be told only this:') : say('How much: {what}', { what: say(label) })}</p>
      {ticked === null ? null : (
        <ul className="nhsuk-list nhsuk-list--bullet">
          {labelsOf(ticked).map((fact) => (
            <li key={fact}>{say(fact)}</li>
          ))}
        </ul>
      )}
    </>
  )
}

function Since({ code, answer, wording, named }: Row) {
  const say = useSay()
  if (!answer && told(named).length > 0) return say('We tell nobody but those you named.')
  const refused = lastRefused(named)
  if (!answer && refused) return say('You answered on {day}.', { day: say.day(dayOf(refused.at)) })
  if (!answer && code === 'contact') return say('Nobody has asked you yet. Say no if you do not want it.')
  if (!answer) return say('Nobody has asked you yet. Until you say yes, we do not do it.')
  const { wording_version: version, at } = answer
  const day = say.day(dayOf(at))
  if (answer.how === 'referrer')
    return version === null
      ? say('Whoever referred you said so on {day}. Change it if it is not right.', { day })
      : say(
          'Whoever referred you said so on {day}, to version {version} of these words. Change it if it is not right.',
          {
            ...{ day, version },
          },
        )
  if (version === null) return say('You answered on {day}.', { day })
  const answered = say('You answered on {day}, to version {version} of these words.', { day, version })
  return version < wording.version
    ? `${answered} ${say('The words above are newer. Read them, and answer again if you want to.')}`
    : answered
}
