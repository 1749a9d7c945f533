import { Said } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import { nearYou } from '#registers/near-you/rules.ts'
import type { Standing } from '#journey/participant/rules.ts'

/** The open directory, for whoever waits and for whoever is not supported here: help does not have to wait for us. */
export function SupportNearYou({ standing }: Readonly<{ standing: Standing }>) {
  const { area } = useShell()
  if (!area || standing === 'beginning' || standing === 'supported') return null
  return (
    <>
      {standing === 'asked' ? (
        <h2 className="nhsuk-heading-m">
          <Said text="While you wait" />
        </h2>
      ) : null}
      <p>
        <a href={nearYou(area.code)}>
          <Said text="See what support there is near you" />
        </a>
      </p>
    </>
  )
}
