import type { ReactNode } from 'react'
import { ListBar } from '#platform/html/arrangement.tsx'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { EmptyState } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { countInWords } from '#registers/seeking/rules.ts'
import { isNarrowed, mostFound, perPage } from '#registers/sifting/rules.ts'
import type { Results } from '#journey/matching/rules.ts'
import { Fields } from './fields.tsx'
import { Hits } from './hits.tsx'
import { Nearest, type NearestProps } from './nearest.tsx'

type ForPersonProps = Results &
  Readonly<{
    person: Readonly<{ id: string; name: string; mayEdit: boolean }>
    /** What stands in their way, each with the words it is looked for by. */
    needs: readonly Readonly<{ code: string; label: string; words: string }>[]
    /** A form's id for each need of which it can be said that nothing is there. */
    ids: ReadonlyMap<string, string>
    /** What the record does not hold, so that services cannot be held against it. */
    unknown: readonly string[]
    fitting: boolean
    episode: string | undefined
    /** Whether the reader looks for a service to refer to, and not for one to tell of. */
    isReferring: boolean
  }>

/**
 * Services for one person, each held against what their record says. What is looked for is kept with the drafts and stands
 * in no address.
 */
export const FindFor = ({ person, needs, ids, unknown, fitting, episode, isReferring, ...results }: ForPersonProps) => {
  const action = isReferring ? `/episodes/${episode}/onward/services` : `/people/${person.id}/services`
  const held = 'Each service is held against what the record says. Where a service says only words, ask it.'
  return (
    <Page
      title={isReferring ? 'Find a service to refer to' : 'Find a service'}
      caption={person.name}
      lede={
        isReferring ? `${held} You choose next what would be sent, and nothing goes before they have said yes.` : held
      }
      back={
        isReferring
          ? { href: `/people/${person.id}/onward`, label: 'Onward referrals' }
          : { href: `/people/${person.id}`, label: person.name }
      }
    >
      {needs.length > 0 ? <Needs action={action} needs={needs} wanted={results.wanted} fitting={fitting} /> : null}
      <Form action={action} className="ww-filter">
        <div className="ww-filter__fields">
          <Fields wanted={results.wanted} fitting={fitting} />
        </div>
        <Button small>Search</Button>
      </Form>
      {unknown.length > 0 ? (
        <p className="ww-aside">
          Not known from the record: {unknown.join(', ')}.{' '}
          <a href={`/people/${person.id}/details`}>Add it to the details</a>
        </p>
      ) : null}
      <Bar {...results} action={action} />
      <Understood {...results} instead={undefined} action={action} fields={fitting ? { fitting: 'yes' } : {}} />
      <Hits {...results} />
      <Nothing {...results} everywhere={undefined} anyhow={undefined} />
      <NothingHere {...{ person, needs, ids }} looked={results.wanted.words} />
      <PageNumbers page={results.page} pages={pagesOf(results)} href={(number) => `${action}?page=${number}`} />
    </Page>
  )
}

const Bar = ({ count, wanted, action }: Pick<Results, 'count' | 'wanted'> & Readonly<{ action: string }>) => (
  <ListBar count={countInWords(count)} print>
    {wanted.words !== null || isNarrowed(wanted) ? (
      <ButtonForm action={action} asLink>
        Clear filters
      </ButtonForm>
    ) : null}
  </ListBar>
)

type HereProps = Pick<ForPersonProps, 'person' | 'needs' | 'ids'> & Readonly<{ looked: string | null }>

/** Says with one click that nothing here helps with what was looked for; the same of other needs stands on a page of its own. */
const NothingHere = ({ person, needs, ids, looked }: HereProps) =>
  person.mayEdit && needs.length > 0 ? (
    <div className="ww-aside">
      {needs
        .filter(({ words }) => words.toLowerCase() === looked?.toLowerCase())
        .map(({ code, label }) => (
          <ButtonForm
            key={code}
            action={`/people/${person.id}/gaps`}
            fields={{ need: code, id: ids.get(code) ?? '' }}
            small
            secondary
          >
            {`There is nothing here for: ${label.charAt(0).toLowerCase()}${label.slice(1)}`}
          </ButtonForm>
        ))}
      <p>
        <a href={`/people/${person.id}/gaps`}>Needs without a service</a>
      </p>
    </div>
  ) : null

type NeedsProps = Pick<ForPersonProps, 'needs' | 'wanted' | 'fitting'> & Readonly<{ action: string }>

const Needs = ({ action, needs, wanted: { place, within }, fitting }: NeedsProps) => (
  <Form
    action={action}
    fields={{ place: place ?? '', within: within ?? '', ...(fitting ? { fitting: 'yes' } : {}) }}
    className="ww-button-form"
  >
    <p className="ww-aside">What stands in the way, to search for:</p>
    <div className="nhsuk-button-group">
      {needs.map(({ label, words }) => (
        <Button key={label} secondary small name="words" value={words}>
          {label}
        </Button>
      ))}
    </div>
  </Form>
)

/** How many pages of what was found can be read. */
export const pagesOf = ({ count }: Results) => Math.ceil(Math.min(count, mostFound) / perPage)

type UnderstoodProps = Results & Pick<NearestProps, 'action' | 'fields'> & Readonly<{ instead: string | undefined }>

/** How the words were understood: what was put right, what was brought in that says the same, and what is shown in place of it. */
export const Understood = ({ shownFor, inOtherWords, around, wanted, instead, ...shown }: UnderstoodProps) => (
  <div aria-live="polite">
    {shownFor === null ? null : (
      <p>
        Shown for <strong>{shownFor}</strong>, because nothing was found for “{wanted.words}”.{' '}
        {instead === undefined ? null : <a href={instead}>Search for “{wanted.words}” instead</a>}
      </p>
    )}
    {inOtherWords ? <p>Few say just that, so services that say the same in other words are shown too.</p> : null}
    {around === null ? null : <Where around={around} />}
    {wanted.order === 'nearest' && around === null ? (
      <p>Nearest first needs a town or postcode. Without one, services are shown by how well they fit and by name.</p>
    ) : null}
    <Nearest {...{ wanted, ...shown }} />
  </div>
)

function Where({ around: { typed, middle, known } }: Readonly<{ around: NonNullable<Results['around']> }>) {
  if (!middle)
    return (
      <p>
        Where “{typed}” is on the map is not known here: services are shown whose address has it, without miles, and
        those by phone or online.
      </p>
    )
  if (known === 'locations')
    return (
      <p>Miles are about right: they are counted from the middle of the services that are known around “{typed}”.</p>
    )
  return null
}

type NothingProps = Results & Readonly<{ everywhere: string | undefined; anyhow: string | undefined }>

/** What to try where nothing was found. */
export const Nothing = ({ count, page, wanted, everywhere, anyhow }: NothingProps) => {
  if (count > 0 && page > 1 && count <= (page - 1) * perPage) return <EmptyState>There are no more pages.</EmptyState>
  if (count > 0) return null
  if (wanted.words === null && !isNarrowed(wanted))
    return (
      <EmptyState>
        No service is known yet. Services appear here as soon as somebody adds them or the national ones have been
        brought in.
      </EmptyState>
    )
  const tries: ReactNode[] = [
    wanted.words === null ? null : 'Use fewer or other words: what is needed rather than what it is called.',
    wanted.place === null ? null : everywhere ? (
      <a href={everywhere}>Look everywhere, not only around {wanted.place}</a>
    ) : (
      'Look further away.'
    ),
    wanted.words !== null && isNarrowed(wanted) ? (
      anyhow ? (
        <a href={anyhow}>Look for the words alone</a>
      ) : (
        'Look for the words alone.'
      )
    ) : null,
    <a href="/services/new">Say that a service is missing</a>,
  ].filter((one) => one !== null)
  return (
    <EmptyState heading="No service fits">
      <ul className="nhsuk-list nhsuk-list--bullet">
        {tries.map((one, place) => (
          <li key={place}>{one}</li>
        ))}
      </ul>
    </EmptyState>
  )
}
