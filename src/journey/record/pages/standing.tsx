import { dayOf, inWords } from '#platform/dates.ts'
import { Card } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { inWords as dueInWords, nextOf } from '#journey/due/rules.ts'
import { endingAsDied, wayTo } from '#journey/record/rules.ts'
import { routes } from '#registers/organisations/rules.ts'
import type { GlanceProps, RecordEpisode } from './glance.tsx'

type StandingProps = Pick<GlanceProps, 'person' | 'names' | 'now' | 'role' | 'mayEdit'> & { episode: RecordEpisode }

/** Where the episode would be told of. */
export const NotHere = () => (
  <Card heading="Not with the service now">
    <p>Where things stand appears here when there is a referral.</p>
  </Card>
)

/** Who looks after the person, what comes next, and when they were last spoken with. */
export const WhereItStands = ({ episode, person, names, now, ...reader }: StandingProps) => {
  const today = dayOf(now)
  const { last_contact_at: last, paused_days: paused } = episode
  return (
    <Card
      heading="Where it stands"
      actions={
        <>
          <Asking href={wayTo({ href: `/people/${person.id}/questionnaires` }, reader)} />
          <a href={`/episodes/${episode.id}/concerns`}>Safety concerns</a>
        </>
      }
    >
      <SummaryList
        compact
        missing="Not yet"
        rows={[
          { label: 'Coach', value: episode.coach ? names.get(episode.coach) : 'Nobody yet' },
          { label: 'Next', value: nextInWords(episode, { ...reader, died: person.died_on !== null, today }) },
          { label: 'Last contact', value: last ? inWords(last, now) : null },
          ...(paused > 0 ? [{ label: 'Waited', value: `${paused === 1 ? '1 day' : `${paused} days`} on others` }] : []),
          ...(episode.ended_at === null && episode.coach !== null
            ? [{ label: 'Caseload points', value: <a href={`/episodes/${episode.id}/weight`}>How many, and why</a> }]
            : []),
          { label: 'Referred by', value: episode.route ? routes[episode.route].label : null },
        ]}
      />
    </Card>
  )
}

type Reader = Pick<StandingProps, 'mayEdit'> & Readonly<{ died: boolean; today: Temporal.PlainDate }>

/** What comes next: once somebody has died, only that their support is ended. */
function nextInWords(episode: RecordEpisode, { mayEdit, died, today }: Reader) {
  const ending = died && mayEdit ? endingAsDied(episode) : undefined
  if (ending) return <a href={ending}>End support because they died</a>
  const next = died ? undefined : nextOf(episode)
  return next ? dueInWords(next, today) : episode.ended_at ? 'Nothing: support has ended' : null
}

const Asking = ({ href }: { href: string | undefined }) =>
  href ? (
    <>
      <a href={href}>Questionnaires</a> ·{' '}
    </>
  ) : null
