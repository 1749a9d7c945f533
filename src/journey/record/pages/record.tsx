import type { Role } from '#platform/access/rules.ts'
import { ageOn, dayInWords, dayOf, longDay } from '#platform/dates.ts'
import { Beside } from '#platform/html/arrangement.tsx'
import { ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Inset, PrintLink, Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { stages } from '#journey/episode/rules.ts'
import { waysOn } from '#journey/record/rules.ts'
import type { Happening, Kind, Place } from '#journey/timeline/rules.ts'
import { calledName, deathInWords, spokenNhsNumber } from '#registers/people/rules.ts'
import { Banner } from './banner.tsx'
import { AtAGlance, type GlanceProps, type RecordEpisode } from './glance.tsx'
import { HasDied } from './has-died.tsx'
import { SaidNo } from './said-no.tsx'
import { Story } from './story.tsx'

export type RecordProps = GlanceProps &
  Readonly<{
    /** The records that were merged into this one. */
    merged: readonly Readonly<{ given_name: string; family_name: string }>[]
    concern: boolean
    noOnline: boolean
    /** Until when the record may be read, where nothing in it may be changed. */
    readsUntil: Temporal.Instant | undefined
    role: Role
    shown: readonly Happening[]
    older: Place | undefined
    before: Place | undefined
    kind: Kind | null
  }>

/** The whole story of one person: who they are, how to reach them safely, what was done, and what comes next. */
export const PersonRecord = (props: RecordProps) => {
  const { person, episode } = props
  return (
    <Page
      title={calledName(person)}
      heading={
        <>
          {calledName(person)} <Marks {...props} />
        </>
      }
      caption={captionOf(props)}
      actions={<PrintLink>Print summary</PrintLink>}
    >
      {props.readsUntil ? <OnlyRead {...props} until={props.readsUntil} /> : null}
      {person.died_on ? <HasDied {...props} /> : <SaidNo {...props} />}
      <Banner {...props} />
      {episode && props.mayEdit ? <NextThings {...props} episode={episode} /> : null}
      <Beside beside={<AtAGlance {...props} />}>
        <Story {...props} person={person.id} />
      </Beside>
    </Page>
  )
}

const OnlyRead = ({ until, now }: RecordProps & { until: Temporal.Instant }) => (
  <Inset>
    <p>
      <strong>You can read this until {lastDayInWords(until, now)}.</strong> The person was handed over to another
      provider, who works on the record now. To add something, tell their coach.
    </p>
  </Inset>
)

// What may be read until a midnight may be read on the day before it.
function lastDayInWords(until: Temporal.Instant, now: Temporal.Instant): string {
  return dayInWords(dayOf(until.subtract({ seconds: 1 })), dayOf(now))
}

function captionOf({ person, merged, now }: RecordProps): string {
  const parts = [
    person.pronouns,
    person.died_on
      ? deathInWords(person)
      : `${ageOn(person.born_on, dayOf(now))} years old, born ${longDay(person.born_on)}`,
    person.nhs_number ? `NHS number ${spokenNhsNumber(person.nhs_number)}` : null,
    merged.length > 0
      ? `also known as ${merged.map(({ given_name, family_name }) => `${given_name} ${family_name}`).join(', ')}`
      : null,
  ]
  return parts.filter(Boolean).join(', ')
}

const Marks = ({ person, concern, episode }: RecordProps) => (
  <>
    {person.restricted ? <Tag colour="red">Restricted</Tag> : null} {concern ? <Tag colour="red">Safety</Tag> : null}{' '}
    {episode ? <Tag colour="blue">{stages[episode.stage].label}</Tag> : null}
  </>
)

const NextThings = ({ episode, person, role, now }: RecordProps & { episode: RecordEpisode }) => {
  const ways = waysOn({ ...episode, person: person.id }, { died: person.died_on !== null, today: dayOf(now), role })
  return ways.length === 0 ? null : (
    <ButtonGroup>
      {ways.map(({ label, href }, place) => (
        <LinkButton key={href} href={href} small secondary={place > 0 || /\/(handover|passing-on|move)$/.test(href)}>
          {label}
        </LinkButton>
      ))}
    </ButtonGroup>
  )
}
