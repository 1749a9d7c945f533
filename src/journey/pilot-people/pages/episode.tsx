import { dayOf, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Details, EmptyState, Tag } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Allotting, type Answer, gets, type Place, waysOfSaying } from '#journey/pilot/rules.ts'
import { PlaceTag } from './people.tsx'

/** One pilot as it stands to somebody. */
export type Offered<Shown = ShownPilot> = Readonly<{
  pilot: Shown
  place: Place
  /** Whether its time is over, or it has ended. */
  past: boolean
  /** Why it is not for them; empty where it is. */
  outside: readonly string[]
  answers: readonly Answer[]
  mayAsk: boolean
  mayAnswer: boolean
  mayJoin: boolean
  form: string
}>

type ShownPilot = Readonly<{
  id: string
  name: string
  tried: string
  words: string
  version: number
  allotting: Allotting
}>

type EpisodeProps = FormState &
  Readonly<{
    episode: string
    person: Readonly<{ id: string; name: string }>
    offered: readonly Offered[]
    /** The pilot whose answer was wrong. */
    wrong: string | undefined
  }>

/** The pilots that somebody could take part in or takes part in, and what they say to each. */
export const EpisodePilots = ({ episode, person, offered, wrong, problems, typed }: EpisodeProps) => (
  <Page
    title="Pilots"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    lede="Taking part is by choice. A no, now or later, changes nothing about the support."
    problems={problems}
    width="reading"
  >
    {offered.length === 0 ? (
      <EmptyState heading="Nothing is tried now">A pilot appears here while it is under way in this area.</EmptyState>
    ) : null}
    {offered.map((one) => (
      <OnePilot
        key={one.pilot.id}
        {...{ episode, one }}
        state={wrong === one.pilot.id ? { problems, typed } : { problems: [], typed: {} }}
      />
    ))}
  </Page>
)

type OneProps = Readonly<{ episode: string; one: Offered; state: FormState }>

const OnePilot = ({ episode, one, state }: OneProps) => {
  const { pilot, place, past, outside, answers, mayAsk, mayAnswer } = one
  const isOutside = place === 'fits' && outside.length > 0
  return (
    <Card
      heading={<a href={`/pilots/${pilot.id}`}>{pilot.name}</a>}
      tag={isOutside ? <Tag colour="grey">Not for them</Tag> : <PlaceTag {...{ place, past }} />}
    >
      <p>{pilot.tried}</p>
      {isOutside ? (
        <ul className="nhsuk-list nhsuk-list--bullet">
          {outside.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      ) : null}
      {answers.map((answer) => (
        <p key={answer.at.toString()}>{answerInWords(answer)}</p>
      ))}
      {mayAsk ? (
        <ButtonForm
          action={`/episodes/${episode}/pilots/${pilot.id}/invitation`}
          small
          secondary
          context={`whether they take part in ${pilot.name}`}
        >
          Ask them on their own pages
        </ButtonForm>
      ) : null}
      {mayAnswer ? <Answering {...{ episode, one, state }} /> : null}
    </Card>
  )
}

function answerInWords({ given, gets: what, at, version, how }: Answer): string {
  const ways: Readonly<Record<string, { label: string }>> = waysOfSaying
  const way = (ways[how]?.label ?? 'By themselves').toLowerCase()
  const said = given ? `Said yes to version ${version} of the words` : 'Said no'
  return `${longDay(dayOf(at))}: ${said}, ${way}.${what === null ? '' : ` Gets: ${gets[what].label.toLowerCase()}.`}`
}

const Answering = ({ episode, one: { pilot, place, mayJoin, form, answers }, state }: OneProps) => (
  <Details summary={place === 'yes' ? 'They take it back' : 'They have answered me'} open={state.problems.length > 0}>
    <Form action={`/episodes/${episode}/pilots/${pilot.id}/answer`} fields={{ id: form }} {...state}>
      <p>Read this to them, or let them read it:</p>
      <blockquote className="ww-words">{pilot.words}</blockquote>
      <RadiosFrom
        name="says"
        id={`says-${pilot.id}`}
        label="What do they say?"
        list={yesOrNo}
        only={mayJoin && place !== 'yes' ? ['yes', 'no'] : ['no']}
        small
      />
      <RadiosFrom name="how" id={`how-${pilot.id}`} label="How did they say it?" list={waysOfSaying} small />
      {pilot.allotting === 'coach' && answers.every(({ given }) => !given) ? (
        <RadiosFrom
          name="gets"
          id={`gets-${pilot.id}`}
          label="If yes: what did you choose with them?"
          list={gets}
          small
        />
      ) : null}
      <Button small>Save</Button>
    </Form>
  </Details>
)

const yesOrNo = {
  yes: { label: 'Yes, they take part' },
  no: { label: 'No, or no longer' },
} as const
