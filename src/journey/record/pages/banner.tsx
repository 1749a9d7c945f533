import { dayOf } from '#platform/dates.ts'
import { Facts } from '#platform/html/lists.tsx'
import { weekOfLimit } from '#journey/support/week-limit/rules.ts'
import { beforeCalling } from '#registers/access-needs/rules.ts'
import { planTypes } from '#registers/areas/rules.ts'
import { bannerOf, inSentences } from '#registers/details/rules.ts'
import type { Means } from '#registers/means/rules.ts'
import type { Person } from '#registers/people/rules.ts'
import type { RecordEpisode } from './glance.tsx'

type BannerProps = Readonly<{
  person: Person
  means: readonly Means[]
  /** Nobody can sign in as them. */
  noOnline: boolean
  episode: RecordEpisode | undefined
  mayEdit: boolean
  now: Temporal.Instant
}>

/**
 * What whoever opens the record must know before anything else: the safe way to reach somebody stands first. Nobody clicks
 * it away: the Accessible Information Standard asks that needs are seen whenever a record is opened, and a button that is
 * pressed each time is soon pressed unread. That the record was opened is in the journal.
 */
export const Banner = ({ person, means, noOnline, episode, mayEdit, now }: BannerProps) => {
  const today = dayOf(now)
  const { safeContact, accessNeeds, accessNote, accessReviewDue, interpreter } = bannerOf(person, means, today)
  const reaching = noOnline ? [...safeContact, 'No access online: do not ask them to sign in'] : safeContact
  const beforeRinging = beforeCalling(person.access_needs)
  const week = episode && weekOfLimit(episode, today)
  const details = `/people/${person.id}/details`
  return (
    <Facts
      facts={[
        {
          label: 'Reaching them safely',
          value: reaching.length > 0 ? inSentences(reaching) : 'Nothing to mind',
          href: mayEdit ? `${details}/safety` : undefined,
          loud: reaching.length > 0,
        },
        {
          label: 'Needs',
          value:
            [interpreter && `Interpreter: ${interpreter}`, ...accessNeeds, accessNote].filter(Boolean).join(', ') ||
            'None known',
          note: accessReviewDue ? 'Ask again what they need' : beforeRinging,
          loud: beforeRinging !== undefined || accessNeeds.length > 0 || interpreter !== null,
          href: `/people/${person.id}/needs`,
        },
        {
          label: 'Plan',
          value: episode?.plan_type ? planTypes[episode.plan_type].label : 'None agreed yet',
          href: episode?.assessed_at ? `/episodes/${episode.id}/plan` : undefined,
        },
        {
          label: 'Week',
          value: week ? `${week.week} of ${week.of}` : noWeek(episode),
          note: episode?.paused_at ? 'The clock stands: waiting on others' : undefined,
          href: week && mayEdit ? `/episodes/${episode.id}/review` : undefined,
        },
      ]}
    />
  )
}

const noWeek = (episode: BannerProps['episode']) => (episode?.ended_at ? 'Support has ended' : 'Begins with the plan')
