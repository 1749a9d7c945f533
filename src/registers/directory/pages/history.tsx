import { inWords } from '#platform/dates.ts'
import { Timeline } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import type { Difference } from '#registers/directory/rules.ts'

/** One version with what it says differently from the one before. */
export type Changed = Readonly<{
  version: number
  at: Temporal.Instant
  cameFrom: string
  source: string | null
  note: string | null
  byName: string | null
  differences: readonly Difference[]
}>

type HistoryProps = Readonly<{ id: string; name: string; versions: readonly Changed[]; now: Temporal.Instant }> &
  Readonly<{ decides: boolean }>

/** Everything that was changed in one listing: who, when, what, and from where it came. */
export const History = ({ id, name, versions, now, decides }: HistoryProps) => (
  <Page title="What was changed" caption={name} back={{ href: `/services/${id}`, label: name }} width="reading">
    <Timeline
      empty="Nothing was said yet."
      happenings={versions.map((one, place) => ({
        ...{ key: `version-${one.version}`, what: whatOf(one), when: inWords(one.at, now), moment: one.at.toString() },
        ...{ by: fromWhom(one), text: <Differences {...one} /> },
        actions:
          place === 0 || !decides ? undefined : (
            <a href={`/services/${id}/versions/${one.version}/return`}>Go back to this version</a>
          ),
      }))}
    />
  </Page>
)

const whatOf = ({ version, differences }: Changed) => {
  if (version === 1) return 'Entered in the directory'
  const labels = differences.map(({ label }) => label)
  return labels.length === 0 ? 'Said again as it was' : `Changed: ${labels.join(', ')}`
}

function fromWhom({ cameFrom, byName, source }: Changed): string {
  if (cameFrom === 'supplied') return 'Came with the product'
  if (cameFrom === 'feed') return `From ${source ?? 'another directory'}`
  if (cameFrom === 'owner') return 'The service itself'
  return byName ?? 'Somebody who has left'
}

const Differences = ({ note, differences }: Changed) => (
  <>
    {note ? <p>{note}</p> : null}
    {differences.length === 0 ? null : (
      <ul className="nhsuk-list">
        {differences.map(({ part, label, before, after }) => (
          <li key={part}>
            <b>{label}:</b> <del>{before ?? 'nothing'}</del> → <ins>{after ?? 'nothing'}</ins>
          </li>
        ))}
      </ul>
    )}
  </>
)
