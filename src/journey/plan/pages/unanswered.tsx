import { ButtonForm } from '#platform/html/buttons.tsx'
import { Card, Details, Tag } from '#platform/html/content.tsx'
import { suggestedInWords } from '#journey/action/rules.ts'
import { type BarrierCode, barriers } from '#journey/assessment/rules.ts'
import type { Offered } from '#journey/solution/rules.ts'

export type Unanswered = Readonly<{ id: string; code: BarrierCode; severity: number | null; main: boolean }>

type Goals = readonly Readonly<{ id: string; words: string }>[]

type Props = Readonly<{
  /** Where the plan stands. */
  address: string
  unanswered: readonly Unanswered[]
  offered: readonly Offered[]
  goals: Goals
  open: boolean
}>

/** What the conversation found in the way: what nobody does anything about yet, and what was set aside. */
export const InTheWay = (props: Props & Readonly<{ answered: readonly Unanswered[] }>) => (
  <>
    <NotAnsweredYet {...props} />
    <StillAside {...props} />
  </>
)

/** What nobody does anything about yet, with what may be done. */
const NotAnsweredYet = ({ unanswered, offered, goals, open, address }: Props) =>
  unanswered.length === 0 || !open ? null : (
    <Card heading="In the way, with nothing planned for it yet" tone="quiet">
      {goals.length === 0 ? <p>Add a goal first. Then each of these can be answered by an action.</p> : null}
      {unanswered.map((barrier) => (
        <section key={barrier.id} className="nhsuk-u-margin-bottom-6">
          <h3 className="nhsuk-heading-s">
            {barriers[barrier.code].label}
            {barrier.severity === null ? '' : `, ${barrier.severity} of 10`}{' '}
            {barrier.main ? <Tag colour="purple">Main</Tag> : null}
          </h3>
          <Answering {...{ barrier, goals, address }} offered={offered.filter((one) => one.barrier === barrier.code)} />
        </section>
      ))}
    </Card>
  )

type AnsweringProps = Pick<Props, 'goals' | 'offered' | 'address'> & Readonly<{ barrier: Unanswered }>

function Answering({ barrier, goals, offered, address }: AnsweringProps) {
  const suggested = offered.filter(({ ignored }) => !ignored)
  const aside = offered.filter(({ ignored }) => ignored)
  const base = address.replace(/\/plan$/, '')
  if (goals.length === 0) return null
  return (
    <>
      {suggested.length === 0 ? null : (
        <Details summary={suggestionsInWords(suggested.length, barrier.code)} open={barrier.main}>
          <ul className="nhsuk-list">
            {suggested.map((one) => (
              <OneSuggestion key={one.code} {...{ one, goals, base }} barrier={barrier.id} />
            ))}
          </ul>
        </Details>
      )}
      <div className="nhsuk-u-margin-bottom-4">
        <ForGoals
          goals={goals}
          query={`barrier=${barrier.id}`}
          label="Add an action"
          context={`against: ${barriers[barrier.code].label}`}
        />
      </div>
      {aside.length === 0 ? null : <SetAside {...{ aside, base }} />}
    </>
  )
}

const suggestionsInWords = (number: number, code: BarrierCode) => (
  <>
    {number === 1 ? '1 suggestion' : `${number} suggestions`}
    <span className="nhsuk-u-visually-hidden"> against: {barriers[code].label}</span>
  </>
)

type OneProps = Readonly<{ one: Offered; goals: Goals; base: string; barrier: string }>

const OneSuggestion = ({ one, goals, base, barrier }: OneProps) => (
  <li className="nhsuk-u-margin-bottom-4">
    <strong>{one.what}</strong>
    <br />
    {suggestedInWords(one)}
    <div>
      <ForGoals goals={goals} query={`barrier=${barrier}&solution=${one.code}`} label="Use this" context={one.what} />
      {goals.length > 1 ? null : ' · '}
      <ButtonForm action={`${base}/solutions/${one.code}/ignoring`} context={one.what} asLink>
        Not for them
      </ButtonForm>
    </div>
  </li>
)

const SetAside = ({ aside, base }: Readonly<{ aside: readonly Offered[]; base: string }>) => (
  <Details summary={`Not for them: ${aside.length}`}>
    <ul className="nhsuk-list">
      {aside.map(({ code, what }) => (
        <li key={code}>
          {what}
          <div>
            <ButtonForm action={`${base}/solutions/${code}/ignoring/withdrawal`} context={what} asLink>
              Suggest it again
            </ButtonForm>
          </div>
        </li>
      ))}
    </ul>
  </Details>
)

type AsideProps = Omit<Props, 'unanswered' | 'address'> & Readonly<{ answered: readonly Unanswered[] }>

/** What was set aside against something that is planned for by now: it may be used all the same. */
function StillAside({ answered, offered, goals, open }: AsideProps) {
  const aside = answered.flatMap((barrier) =>
    offered.flatMap((one) => (one.ignored && one.barrier === barrier.code ? [{ one, barrier }] : [])),
  )
  if (aside.length === 0 || goals.length === 0 || !open) return null
  return (
    <Details summary={`Set aside, where something is planned: ${aside.length}`}>
      <ul className="nhsuk-list">
        {aside.map(({ one, barrier }) => (
          <li key={one.code} className="nhsuk-u-margin-bottom-4">
            <strong>{one.what}</strong>
            <br />
            Against: {barriers[barrier.code].label}. {suggestedInWords(one)}
            <div>
              <ForGoals
                goals={goals}
                query={`barrier=${barrier.id}&solution=${one.code}`}
                label="Use this after all"
                context={one.what}
              />
            </div>
          </li>
        ))}
      </ul>
    </Details>
  )
}

type ForGoalsProps = Readonly<{ goals: Goals; query: string; label: string; context: string }>

/** The way to a new action: where there are several goals it is chosen for which, one fold away. */
const ForGoals = ({ goals, query, label, context }: ForGoalsProps) => {
  const [only, ...others] = goals
  const way = (goal: Goals[number]) => `/goals/${goal.id}/actions/new?${query}`
  if (!only) return null
  if (others.length === 0)
    return (
      <a href={way(only)}>
        {label}
        <span className="nhsuk-u-visually-hidden"> {context}</span>
      </a>
    )
  return (
    <Details
      summary={
        <>
          {label}
          <span className="nhsuk-u-visually-hidden"> {context}: choose the goal</span>
        </>
      }
    >
      <ul className="nhsuk-list">
        {goals.map((goal) => (
          <li key={goal.id}>
            <a href={way(goal)}>
              For “{goal.words}”<span className="nhsuk-u-visually-hidden"> {context}</span>
            </a>
          </li>
        ))}
      </ul>
    </Details>
  )
}
