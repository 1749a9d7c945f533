import { WarningCallout } from '#platform/html/content.tsx'
import { endingAsDied } from '#journey/record/rules.ts'
import { calledName, deathInWords } from '#registers/people/rules.ts'
import type { GlanceProps } from './glance.tsx'

/** That somebody has died and when, before anybody rings, and that their support is still to be ended. */
export const HasDied = ({ person, episode, mayEdit }: GlanceProps) => {
  const ending = episode && mayEdit ? endingAsDied(episode) : undefined
  return (
    <WarningCallout heading={`${calledName(person)} ${deathInWords(person)}`}>
      <p>
        Nothing is sent to them any more.
        {ending ? (
          <>
            {' '}
            Support is still open: <a href={ending}>end it because they died</a>.
          </>
        ) : null}
      </p>
    </WarningCallout>
  )
}
