import { LinkButton } from '#platform/html/buttons.tsx'
import { Card, Tag } from '#platform/html/content.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import type { Say } from '#platform/language/say.ts'
import { doers, type OwnAction, type Suggestion, suggestionKinds, type Wording } from '#journey/my-plan/rules.ts'

type SuggestedProps = Readonly<{
  suggested: readonly Suggestion[]
  /** Whether they were sent to the participant to answer. */
  toAnswer: boolean
  today: Temporal.PlainDate
}>

/** What their coach would like to change, apart from what was agreed, with a way to answer. */
export const Suggested = ({ suggested, toAnswer, today }: SuggestedProps) => (
  <Card heading="Suggested, not agreed yet" tone="quiet">
    <p>
      <Said text="Your coach has written these changes down. They do not count until you agree to them." />
    </p>
    <ul role="list" className="ww-own-actions">
      {suggested.map((one) => (
        <li key={one.key}>
          <OneSuggestion {...{ one, today }} />
        </li>
      ))}
    </ul>
    <div className="ww-screen-only">
      {toAnswer ? (
        <LinkButton href="/my/plan/offer">Read it and answer</LinkButton>
      ) : (
        <>
          <p>
            <Said text="Your coach talks with you about them, or sends them to you to answer. You can also write to them now." />
          </p>
          <p>
            <a href="/my/messages">
              <Said text="Write to your coach" />
            </a>
          </p>
        </>
      )}
    </div>
  </Card>
)

function OneSuggestion({ one, today }: Readonly<{ one: Suggestion; today: Temporal.PlainDate }>) {
  const say = useSay()
  const { kind, what, isGoal, before } = one
  const { label, colour } = suggestionKinds[kind]
  const when = whenOf(say, one, today)
  return (
    <>
      <p className="ww-own-actions__what">
        <strong dir="auto">{what === null ? when : isGoal ? `“${what}”` : what}</strong>{' '}
        <Tag colour={colour}>{say(label)}</Tag>
      </p>
      {what === null || when === null ? null : <p>{when}</p>}
      {before ? <Before {...{ before, what, today }} /> : null}
    </>
  )
}

type BeforeProps = Readonly<{ before: Wording; what: string | null; today: Temporal.PlainDate }>

// What was agreed is in the words of whoever wrote it, and its day in those of the page: each keeps its own direction.
function Before({ before, what, today }: BeforeProps) {
  const say = useSay()
  const when = whenOf(say, before, today)
  const words = before.what === what ? null : before.what
  const both = (
    <>
      {words === null ? null : <bdi>{words}</bdi>}
      {words !== null && when !== null ? ' – ' : null}
      {when === null ? null : <bdi>{when}</bdi>}
    </>
  )
  return (
    <p className="nhsuk-hint">
      <Said text="Before: {words}" with={{ words: both }} />
    </p>
  )
}

/** Who does it by when, or by when it is to be reached. */
function whenOf(say: Say, { what, owner, on }: Wording, today: Temporal.PlainDate): string | null {
  if (owner !== null && on) return whoByWhen(say, owner, { on, today })
  if (what === null)
    return on ? say('You would like to be there by {day}.', { day: say.day(on) }) : say('No day was set')
  return on && say('You want to reach this by {day}.', { day: say.day(on) })
}

type By = Readonly<{ on: Temporal.PlainDate; today: Temporal.PlainDate }>

/** "You, by tomorrow" */
export const whoByWhen = (say: Say, owner: OwnAction['owner'], { on, today }: By) =>
  say('{who}, by {day}', { who: say(doers[owner].label), day: say.dayInWords(on, today) })
