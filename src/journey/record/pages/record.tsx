import { ageOn, dayInWords, dayOf, inWords, longDay } from '#platform/dates.ts'
import { Beside } from '#platform/html/arrangement.tsx'
import { ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Card, PrintLink, Tag } from '#platform/html/content.tsx'
import { Timeline } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { stages, type Step } from '#journey/episode/rules.ts'
import { doings, stepWords } from '#journey/record/rules.ts'
import { planTypes } from '#registers/areas/rules.ts'
import { routes } from '#registers/organisations/rules.ts'
import { bannerOf } from '#registers/details/rules.ts'
import { calledName, spokenNhsNumber } from '#registers/people/rules.ts'
import { AtAGlance, type RecordEpisode, type RecordProps } from './glance.tsx'

/** The whole story of one person: who they are, how to reach them safely, what was done, and what comes next. */
export const PersonRecord = (props: RecordProps) => {
  const { person, episode, now, names } = props
  const today = dayOf(now)
  return (
    <Page
      title={calledName(person)}
      heading={
        <>
          {calledName(person)} <Marks {...props} />
        </>
      }
      caption={captionOf(props, today)}
      actions={<PrintLink>Print summary</PrintLink>}
    >
      <SafeContact {...props} />
      {episode ? <NextThings episode={episode} /> : null}
      <Beside beside={<AtAGlance {...props} />}>
        <h2 className="nhsuk-heading-m">What happened</h2>
        <Timeline
          happenings={props.steps.map(({ id, at, by, step }) => ({
            key: id,
            what: stepWords[step.kind],
            when: inWords(at, now),
            moment: at.toString(),
            by: by ? names.get(by) : undefined,
            text: detailOf(step, names, now),
          }))}
          empty="Everything that is said, sent and done will stand here."
        />
      </Beside>
    </Page>
  )
}

function captionOf({ person, merged }: RecordProps, today: Temporal.PlainDate): string {
  const parts = [
    person.pronouns,
    person.died_on
      ? `died ${longDay(person.died_on)}`
      : `${ageOn(person.born_on, today)} years old, born ${longDay(person.born_on)}`,
    person.nhs_number ? `NHS number ${spokenNhsNumber(person.nhs_number)}` : null,
    merged.length > 0
      ? `also known as ${merged.map(({ given_name, family_name }) => `${given_name} ${family_name}`).join(', ')}`
      : null,
  ]
  return parts.filter(Boolean).join(', ')
}

const Marks = ({ person, concerns, episode }: RecordProps) => (
  <>
    {person.restricted ? <Tag colour="red">Restricted</Tag> : null}{' '}
    {concerns > 0 ? <Tag colour="red">Safety</Tag> : null}{' '}
    {episode ? <Tag colour="blue">{stages[episode.stage].label}</Tag> : null}
  </>
)

const SafeContact = ({ person, means, now }: RecordProps) => {
  const banner = bannerOf(person, means, dayOf(now))
  const needs = [...banner.accessNeeds, banner.accessNote].filter(Boolean).join(', ')
  const lines = [
    ...banner.safeContact,
    banner.interpreter ? `Interpreter: ${banner.interpreter}` : null,
    needs ? `Access needs: ${needs}` : null,
  ].filter((line) => line !== null)
  return lines.length === 0 ? null : (
    <Card tone="accent">
      <ul className="nhsuk-list">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {banner.accessReviewDue ? <a href={`/people/${person.id}/details/access`}>Ask again what they need</a> : null}
    </Card>
  )
}

const NextThings = ({ episode }: { episode: RecordEpisode }) => (
  <ButtonGroup>
    {doings[episode.stage].map(({ label, path }, place) => (
      <LinkButton key={path} href={`/episodes/${episode.id}/${path}`} small secondary={place > 0}>
        {label}
      </LinkButton>
    ))}
  </ButtonGroup>
)

/** What a step says beyond its name. */
function detailOf(step: Step, names: ReadonlyMap<string, string>, now: Temporal.Instant): string | undefined {
  if (step.kind === 'received') return routes[step.route].label
  if (step.kind === 'allocated')
    return step.coach ? `Now ${names.get(step.coach) ?? 'a member who has left'}` : 'Nobody for the moment'
  if (step.kind === 'booked') return inWords(step.for, now)
  if (step.kind === 'plan-agreed') return planTypes[step.planType].label
  if (step.kind === 'due') return dayInWords(step.on, dayOf(now))
  if (step.kind === 'followed-up') return `After ${step.weeks} weeks`
  return undefined
}
