import { dayInWords, inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Details, EmptyState, Tag } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Folded, Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { linesOf } from '#platform/notify/rules.ts'
import { timeInWords } from '#journey/support/log/rules.ts'
import {
  countsOf,
  sentenceKinds,
  type SentenceKind,
  parts,
  talkKinds,
  type WorkplaceWords,
} from '#journey/support/employer/rules.ts'
import { type Talk, Talks } from './talks.tsx'

export type Person = Readonly<{ id: string; name: string; mayEdit: boolean }>
export type ShownWorkplace = WorkplaceWords &
  Readonly<{ id: string; version: number; endedOn: Temporal.PlainDate | null }>
export type Sentence = Readonly<{ id: string; kind: SentenceKind; words: string }>
export type Saying = Readonly<{
  sentences: readonly string[]
  adjustments: boolean
  phasedReturn: boolean
  at: Temporal.Instant
  by: string | null
}>

type WorkProps = FormState &
  Readonly<{
    person: Person
    workplaces: readonly ShownWorkplace[]
    sentences: readonly Sentence[]
    /** What each may be told; a summary where nobody has asked what exactly, nothing where the person wants none. */
    told: ReadonlyMap<string, Saying | 'summary' | undefined>
    talks: readonly Talk[]
    episode: string | undefined
    /** For the next sentence. */
    id: string
    now: Temporal.Instant
    today: Temporal.PlainDate
  }>

/** Where somebody works, whom we talk to there, what each may be told, and every talk with them. */
export const Work = (props: WorkProps) => {
  const { person, workplaces, problems, episode } = props
  const standing = workplaces.filter(({ endedOn }) => endedOn === null)
  const ended = workplaces.filter(({ endedOn }) => endedOn !== null)
  return (
    <Page
      title="Their employer"
      caption={person.name}
      lede="Whom we talk to at their work, and what the person allows us to say. Nobody there is told anything else."
      back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
      actions={
        episode && standing.length > 0 ? (
          <LinkButton href={`/episodes/${episode}/three-way`} small>
            Agree changes at work
          </LinkButton>
        ) : undefined
      }
      problems={problems}
      width="reading"
    >
      {standing.length === 0 ? (
        <EmptyState heading="Nobody is written down yet" action={person.mayEdit ? <Add person={person} /> : undefined}>
          Their line manager, somebody in HR, or the employer’s own occupational health. Ask the person whom they want
          us to talk to: it need not be their manager.
        </EmptyState>
      ) : null}
      {standing.map((one) => (
        <WorkplaceCard key={one.id} {...props} workplace={one} />
      ))}
      {standing.length > 0 && person.mayEdit ? <Add person={person} secondary /> : null}
      <Sentences {...props} />
      <TalkSection {...props} />
      {ended.length > 0 ? (
        <Details summary={`Whom we talked to before (${ended.length})`}>
          {ended.map((one) => (
            <WorkplaceCard key={one.id} {...props} workplace={one} />
          ))}
        </Details>
      ) : null}
    </Page>
  )
}

const Add = ({ person, secondary = false }: Readonly<{ person: Person; secondary?: boolean }>) => (
  <p>
    <LinkButton href={`/people/${person.id}/employer/new`} secondary={secondary}>
      {secondary ? 'Add somebody else at work' : 'Add somebody at their work'}
    </LinkButton>
  </p>
)

const WorkplaceCard = (props: WorkProps & Readonly<{ workplace: ShownWorkplace }>) => {
  const { person, workplace, today, told } = props
  const { id, organisation, site, contact, part, email, phone, postal, endedOn } = workplace
  const address = `/people/${person.id}/employer/${id}`
  return (
    <Card
      heading={`${contact}, ${organisation}`}
      tag={endedOn === null ? undefined : <Tag colour="grey">{`Ended ${dayInWords(endedOn, today)}`}</Tag>}
      actions={
        <a href={address}>
          {person.mayEdit ? 'Change or end' : 'History'}
          <span className="nhsuk-u-visually-hidden"> {contact}</span>
        </a>
      }
    >
      <SummaryList
        compact
        rows={[
          { label: 'Who they are', value: parts[part].label },
          ...(site ? [{ label: 'Place of work', value: site }] : []),
          ...(phone || email ? [{ label: 'How to reach them', value: [phone, email].filter(Boolean).join(', ') }] : []),
          ...(postal ? [{ label: 'Postal address', value: linesOf(postal).join(', ') }] : []),
        ]}
      />
      <h3 className="nhsuk-heading-s">May be told</h3>
      <MayBeTold {...props} />
      {person.mayEdit && endedOn === null ? (
        <p>
          <LinkButton href={`${address}/saying`} small secondary context={contact}>
            {told.get(id) ? 'Change what may be said' : 'Ask what may be said'}
          </LinkButton>
        </p>
      ) : null}
    </Card>
  )
}

type MayBeToldProps = WorkProps & Readonly<{ workplace: ShownWorkplace }>

const MayBeTold = ({ workplace, sentences, told, now }: MayBeToldProps) => {
  const saying = told.get(workplace.id)
  if (!saying) return <p>Nothing. The person has not agreed to it, or has taken it back.</p>
  if (saying === 'summary') return <p>They agreed that a summary may be given. Ask what exactly may be said.</p>
  const said = sentences.filter(({ id }) => saying.sentences.includes(id))
  return (
    <>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {said.map(({ id, kind, words }) => (
          <li key={id}>
            {sentenceKinds[kind].label}: {words}
          </li>
        ))}
        {saying.adjustments ? <li>The adjustments that are asked for</li> : null}
        {saying.phasedReturn ? <li>The phased return, without pay</li> : null}
      </ul>
      <p className="nhsuk-hint">{['Said ' + inWords(saying.at, now), saying.by].filter(Boolean).join(', to ')}</p>
    </>
  )
}

const Sentences = ({ person, sentences, id, problems, typed }: WorkProps) => (
  <section aria-labelledby="sentences">
    <h2 className="nhsuk-heading-m" id="sentences">
      What could be said
    </h2>
    <p>
      Plain sentences about how they work, written with the person. Writing one down tells nobody: the person ticks for
      each recipient what may be said.
    </p>
    {sentences.length === 0 ? <p>Nothing is written down yet.</p> : null}
    {sentences.length > 0 ? (
      <ul className="nhsuk-list">
        {sentences.map((sentence) => (
          <li key={sentence.id}>
            <strong>{sentenceKinds[sentence.kind].label}:</strong> {sentence.words}{' '}
            {person.mayEdit ? (
              <ButtonForm
                action={`/people/${person.id}/employer/sentences/${sentence.id}/withdrawal`}
                asLink
                context={sentence.words}
              >
                Take away
              </ButtonForm>
            ) : null}
          </li>
        ))}
      </ul>
    ) : null}
    {person.mayEdit ? (
      <Form action={`/people/${person.id}/employer/sentences`} fields={{ id }} {...{ problems, typed }}>
        <Folded summary="Write a sentence down" fields={['kind', 'words']}>
          <RadiosFrom name="kind" label="What is it about?" list={sentenceKinds} />
          <TextArea
            name="words"
            label="In a plain sentence"
            hint="For example: can work at a screen for an hour, then needs to stand for ten minutes. Never a diagnosis or a treatment."
            rows={2}
            maximum={300}
          />
          <Button small>Write it down</Button>
        </Folded>
      </Form>
    ) : null}
  </section>
)

const TalkSection = ({ person, talks, workplaces, today }: WorkProps) => {
  const { kinds, count, minutes } = countsOf(talks)
  const counted = kinds.map(
    ({ kind, count: many }) => `${many} ${(many === 1 ? talkKinds[kind].label : talkKinds[kind].many).toLowerCase()}`,
  )
  return (
    <section aria-labelledby="talks">
      <h2 className="nhsuk-heading-m" id="talks">
        Talks with them
      </h2>
      {count > 0 ? <p>{`${counted.join(', ')}: ${timeInWords(minutes)} in all.`}</p> : null}
      {person.mayEdit && workplaces.length > 0 ? (
        <p>
          <LinkButton href={`/people/${person.id}/employer/talks/new`} small secondary>
            Write a talk down
          </LinkButton>
        </p>
      ) : null}
      <Talks {...{ talks, person, today }} />
    </section>
  )
}
