import { inWords } from '#platform/dates.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Inset } from '#platform/html/content.tsx'
import { SummaryList, Timeline } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Difference, type Entry, entryKinds, wordsOf } from '#registers/entry/rules.ts'

/** One version with what it says differently from the one before. */
type Changed = Readonly<{
  version: number
  at: Temporal.Instant
  from: string
  note: string | null
  differences: readonly Difference[]
}>

type EntryProps = Readonly<{
  id: string
  entry: Entry
  services: readonly Readonly<{ id: string; name: string }>[]
  /** With which it was joined, where it was. */
  joined: Readonly<{ id: string; name: string }> | undefined
  versions: readonly Changed[]
  may: Readonly<{ decide: boolean; propose: boolean }>
  now: Temporal.Instant
}>

/** One owner or location: what is said of it, its services, and everything that was changed. */
export const EntryPage = ({ id, entry, services, joined, versions, may, now }: EntryProps) => {
  const { label, many, at } = entryKinds[entry.kind]
  return (
    <Page
      title={entry.document.name}
      caption={label}
      back={{ href: at, label: many }}
      actions={joined === undefined && may.propose ? <Actions at={`${at}/${id}`} decide={may.decide} /> : null}
    >
      {joined === undefined ? null : (
        <Inset>
          <p>
            It is the same as <a href={`${at}/${joined.id}`}>{joined.name}</a>, which has its services now.
          </p>
        </Inset>
      )}
      <SummaryList rows={wordsOf(entry).filter(({ label: one }) => one !== 'Joined with another')} />
      <h2 className="nhsuk-heading-m">{entry.kind === 'owner' ? 'What it runs' : 'What is given here'}</h2>
      {services.length === 0 ? (
        <p>No service.</p>
      ) : (
        <ul className="nhsuk-list nhsuk-list--bullet">
          {services.map((service) => (
            <li key={service.id}>
              <a href={`/services/${service.id}`}>{service.name}</a>
            </li>
          ))}
        </ul>
      )}
      <h2 className="nhsuk-heading-m">What was changed</h2>
      <Timeline
        empty="Nothing was said yet."
        happenings={versions.map((one, place) => ({
          ...{
            key: `version-${one.version}`,
            what: whatOf(one),
            when: inWords(one.at, now),
            moment: one.at.toString(),
          },
          ...{ by: one.from, text: <Differences {...one} /> },
          actions:
            place === 0 || !may.decide ? undefined : (
              <a href={`${at}/${id}/versions/${one.version}/return`}>Go back to this version</a>
            ),
        }))}
      />
    </Page>
  )
}

const Actions = ({ at, decide }: Readonly<{ at: string; decide: boolean }>) => (
  <>
    <LinkButton href={`${at}/change`} small>
      {decide ? 'Change' : 'Propose a change'}
    </LinkButton>
    {decide ? (
      <LinkButton href={`${at}/joining`} small secondary>
        Join with another
      </LinkButton>
    ) : null}
  </>
)

const whatOf = ({ version, differences }: Changed) =>
  version === 1
    ? 'Entered in the directory'
    : differences.length === 0
      ? 'Said again as it was'
      : `Changed: ${differences.map(({ label }) => label).join(', ')}`

const Differences = ({ note, differences, version }: Changed) => (
  <>
    {note ? <p>{note}</p> : null}
    {version === 1 || differences.length === 0 ? null : (
      <ul className="nhsuk-list">
        {differences.map(({ label, before, after }) => (
          <li key={label}>
            <b>{label}:</b> <del>{before ?? 'nothing'}</del> → <ins>{after ?? 'nothing'}</ins>
          </li>
        ))}
      </ul>
    )}
  </>
)
