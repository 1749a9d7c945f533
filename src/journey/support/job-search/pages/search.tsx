import { LinkButton } from '#platform/html/buttons.tsx'
import { Card, EmptyState } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import {
  type Help,
  helpInWords,
  type HelpKind,
  helpKinds,
  type HelpStep,
  type Readiness,
  readinessCodes,
  readinessInWords,
  readinessItems,
  type ReadinessState,
  readinessStates,
  standingHelp,
} from '#journey/support/job-search/rules.ts'

export type Whose = Readonly<{ episode: string; person: Readonly<{ id: string; name: string }> }>

export type ShownStep = HelpStep & Readonly<{ at: Temporal.Instant; by: string | null }>
export type ShownHelp = Omit<Help, 'steps'> & Readonly<{ steps: readonly ShownStep[] }>

type SearchProps = Whose & Readonly<{ help: readonly ShownHelp[]; readiness: Readiness; mayEdit: boolean }>

/** Help with looking for a job: what is in place already, and the CV, applications and interviews with what came of them. */
export const JobSearch = ({ episode, person, help, readiness, mayEdit }: SearchProps) => (
  <Page
    title="Looking for a job"
    caption={person.name}
    lede="What is already in place, and the CV, applications and interviews that you help with."
    back={{ href: `/episodes/${episode}/plan`, label: 'Back to the plan' }}
    width="reading"
  >
    <Ready {...{ episode, readiness, mayEdit }} />
    {kinds.map((kind) => (
      <OfOneKind key={kind} {...{ episode, kind, mayEdit }} help={help.filter((one) => one.kind === kind)} />
    ))}
  </Page>
)

// Checked: the keys of the code list are its codes.
const kinds = Object.keys(helpKinds) as HelpKind[]

const Ready = ({ episode, readiness, mayEdit }: Pick<SearchProps, 'episode' | 'readiness' | 'mayEdit'>) => (
  <Card
    heading="Ready to start"
    actions={
      mayEdit ? <a href={`/episodes/${episode}/job-search/readiness`}>Go through the list together</a> : undefined
    }
  >
    <p>{readinessInWords(readiness)}.</p>
    <Standing as="to-do" readiness={readiness} />
    <Standing as="not-needed" readiness={readiness} />
  </Card>
)

const Standing = ({ as, readiness }: Readonly<{ as: ReadinessState; readiness: Readiness }>) => {
  const codes = readinessCodes.filter((code) => readiness[code] === as)
  if (codes.length === 0) return null
  return (
    <>
      <p className="nhsuk-u-margin-bottom-1">
        <strong>{readinessStates[as].label}:</strong>
      </p>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {codes.map((code) => (
          <li key={code}>{readinessItems[code].label}</li>
        ))}
      </ul>
    </>
  )
}

type KindProps = Readonly<{ episode: string; kind: HelpKind; help: readonly ShownHelp[]; mayEdit: boolean }>

const OfOneKind = ({ episode, kind, help, mayEdit }: KindProps) => {
  const add = mayEdit ? (
    <LinkButton href={`/episodes/${episode}/job-search/new?kind=${kind}`} secondary small>
      {`Write down ${withArticle[kind]}`}
    </LinkButton>
  ) : undefined
  return (
    <section aria-labelledby={`kind-${kind}`}>
      <h2 className="nhsuk-heading-m" id={`kind-${kind}`}>
        {helpKinds[kind].heading}
        {help.length > 0 ? ` (${help.length})` : ''}
      </h2>
      {help.length === 0 ? (
        <EmptyState action={add}>{nothingYet[kind]}</EmptyState>
      ) : (
        <>
          <SummaryList rows={help.map((one) => rowOf(episode, one, mayEdit))} />
          {add}
        </>
      )}
    </section>
  )
}

const withArticle: Readonly<Record<HelpKind, string>> = {
  cv: 'a CV',
  application: 'an application',
  interview: 'an interview',
}

const nothingYet: Readonly<Record<HelpKind, string>> = {
  cv: 'A CV appears here once it is begun.',
  application: 'Applications appear here, each with whether an answer came.',
  interview: 'Interviews appear here: practised together, held, and what the employer said.',
}

function rowOf(episode: string, { id, what, steps }: ShownHelp, mayEdit: boolean) {
  const [last] = standingHelp(steps)
  return {
    label: what,
    value: (
      <>
        {last ? helpInWords(last) : ''}
        {last?.note ? <p className="nhsuk-hint nhsuk-u-margin-bottom-0">{last.note}</p> : null}
        <p className="nhsuk-u-margin-bottom-0">
          <a href={`/episodes/${episode}/job-search/${id}`}>
            {mayEdit ? 'Say what came of it' : 'Open'}
            <span className="nhsuk-u-visually-hidden">: {what}</span>
          </a>
        </p>
      </>
    ),
  }
}
