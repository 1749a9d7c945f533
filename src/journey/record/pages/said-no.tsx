import { WarningCallout } from '#platform/html/content.tsx'
import { hasWithdrawn, type Switch } from '#registers/permissions/rules.ts'
import type { GlanceProps } from './glance.tsx'

/** What somebody has said no to, before anybody rings them. */
export const SaidNo = ({ permissions, person, episode, mayEdit }: GlanceProps) => {
  if (!hasRefused(permissions, 'take-part') && !hasRefused(permissions, 'contact')) return null
  const ending = episode && episode.ended_at === null && hasRefused(permissions, 'take-part') ? episode.id : undefined
  return (
    <WarningCallout heading={headingOf(permissions)}>
      {mayEdit ? (
        <p>
          If they change their mind, <a href={`/people/${person.id}/agreements/new`}>record their new answers</a>.
          {ending ? (
            <>
              {' '}
              Support is still open: <a href={`/episodes/${ending}/ending`}>end it</a>.
            </>
          ) : null}
        </p>
      ) : null}
    </WarningCallout>
  )
}

const hasRefused = (permissions: GlanceProps['permissions'], asked: Switch) =>
  permissions.some((one) => one.switch === asked && one.recipient === '' && !one.given)

function headingOf(permissions: GlanceProps['permissions']): string {
  if (hasWithdrawn(permissions)) return 'Has withdrawn: do not contact them'
  return hasRefused(permissions, 'contact') ? 'Does not want to be contacted' : 'Does not want to take part'
}
