import { longDay, dayOf } from '#platform/dates.ts'
import { Page } from '#platform/html/page.tsx'

type Props = Readonly<{ request: string; person: Readonly<{ id: string; name: string }>; takenBack: Temporal.Instant }>

/** Why no new link goes out: the person does not want it any more. */
export const NotSentAgain = ({ request, person, takenBack }: Props) => (
  <Page
    title="No new link was sent"
    caption={person.name}
    width="reading"
    back={{ href: `/requests/${request}`, label: 'Back to the request' }}
  >
    <p>
      {person.name} took back their permission on {longDay(dayOf(takenBack))}, so nothing more goes to whoever was
      asked.
    </p>
    <p>
      Has this changed? Ask them first, and <a href={`/people/${person.id}/agreements`}>record what they say</a>.
    </p>
  </Page>
)
