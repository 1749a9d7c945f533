import { SummaryList } from '#platform/html/lists.tsx'
import { reachingRows } from '#platform/html/reaching.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { languages } from '#platform/language/rules.ts'
import { nearYou, type Reached, reachingIn } from '#registers/near-you/rules.ts'

/** A service as the directory has it now. */
export type InDirectory = Readonly<{ area: string; id: string; listing: Reached }>

/** The details of a service somebody was told of: how to reach it, and where more is said of it. */
export function Reach({ area, id, listing }: InDirectory) {
  const say = useSay()
  const rows = reachingRows(reachingIn(languages[say.language].locale, listing))
  return (
    <>
      <h2 className="nhsuk-heading-m">
        <Said text="How to get in touch" />
      </h2>
      {rows.length === 0 ? null : <SummaryList rows={rows} />}
      <p>
        <a href={`${nearYou(area)}/${id}`}>
          <Said text="More about this service" />
        </a>
      </p>
    </>
  )
}
