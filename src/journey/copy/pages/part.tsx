import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Card, WarningCallout } from '#platform/html/content.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { type Entry, type Part, parts, reasons } from '#journey/copy/drafting/rules.ts'
import { fingerprint, type Look, markField, markOf } from '#journey/copy/rules.ts'
import type { Request } from './looking.tsx'

type PartProps = FormState &
  Readonly<{
    request: Pick<Request, 'id' | 'name'>
    part: Part
    entries: readonly Entry[]
    look: Look | undefined
    /** Something was written since the reader was shown this part. */
    changed: boolean
  }>

/** One part of a draft, entry by entry, each to be given or left out. */
export const LookThrough = ({ request, part, entries, look, changed, problems, typed }: PartProps) => (
  <FormPage
    title={parts[part].label}
    caption={`Copy for ${request.name}`}
    back={{ href: `/copies/${request.id}`, label: 'All parts' }}
    action={`/copies/${request.id}/parts/${part}`}
    fields={{ seen: fingerprint(entries) }}
    width="reading"
    problems={problems}
    typed={typed}
  >
    {changed ? (
      <WarningCallout heading="Something was written meanwhile">
        <p>What you chose is still here. Look at what is new or different, and save again.</p>
      </WarningCallout>
    ) : null}
    <p>
      Read every entry. Leave out what is also about somebody else who has not agreed, and what could do serious harm.
      What the person told us themselves, and what staff wrote about them, is theirs to have.
    </p>
    <ul className="nhsuk-list">
      {Object.entries(reasons).map(([code, { label, law }]) => (
        <li key={code} className="ww-aside">
          {label}: {law}
        </li>
      ))}
    </ul>
    {entries.map((entry) => (
      <OneEntry key={entry.key} entry={entry} look={look} />
    ))}
    <Button>I have looked this part through</Button>
  </FormPage>
)

const OneEntry = ({ entry, look }: Readonly<{ entry: Entry; look: Look | undefined }>) => (
  <Card heading={entry.what} tone={entry.usually ? 'alert' : 'plain'}>
    <p className="ww-aside">{[entry.when, entry.by].filter((part) => part !== null).join(', ')}</p>
    {entry.text.map((line, index) => (
      <p key={index} className="ww-words">
        {line}
      </p>
    ))}
    <SelectFrom
      name={markField(entry)}
      label="In the copy?"
      list={leavingOut}
      value={markOf(entry, look)}
      empty="Give it"
    />
  </Card>
)

const leavingOut = Object.fromEntries(
  Object.entries(reasons).map(([code, { label }]) => [code, { label: `Leave it out: ${label}` }]),
)
