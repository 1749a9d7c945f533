import type { FormState } from '#platform/form/rules.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Page } from '#platform/html/page.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { countInWords } from '#registers/seeking/rules.ts'
import { anything, type Wanted } from '#registers/sifting/rules.ts'
import { directoryAt, type Results } from '#journey/matching/rules.ts'
import { Look } from './fields.tsx'
import { Nothing, pagesOf, Understood } from './find.tsx'
import { Hits } from './hits.tsx'

type DirectoryProps = Results &
  FormState &
  Readonly<{
    /** Under what the place is kept that was looked around. */
    kept: string | null
    /** Whether the address is of a search whose place is not known here: somebody else's, or one of long ago. */
    isForgotten: boolean
    /** Whether the reader decides what the directory says, or may propose it. */
    may: Readonly<{ decide: boolean; propose: boolean }>
    /** How many feeds have stopped. */
    stopped: number
    /** How many services wait for an answer to what they say against their figures. */
    disputed: number
  }>

/** The services that people of the area can be sent to. */
export const Directory = ({
  may,
  stopped,
  disputed,
  problems,
  typed,
  kept,
  isForgotten,
  ...results
}: DirectoryProps) => {
  const { wanted } = results
  const at = (change: Partial<Wanted>, page?: number) => directoryAt({ ...wanted, ...change }, kept, page)
  return (
    <Page
      title="Services"
      lede="Local and national services that people can be sent to. Search by what somebody needs, where they are and what is open."
      actions={
        may.propose ? (
          <LinkButton href="/services/new" small>
            {may.decide ? 'Add a service' : 'Propose a service'}
          </LinkButton>
        ) : null
      }
      problems={problems}
    >
      <Look {...{ wanted, problems, typed }} />
      {isForgotten ? <Forgotten /> : null}
      <Ways {...{ may, stopped, disputed }} count={results.count} />
      <Understood {...results} instead={at({ exactly: true })} action="/services" />
      <Hits {...results} />
      <Nothing
        {...results}
        everywhere={at({ place: null, within: null })}
        anyhow={at({ ...anything, words: wanted.words })}
      />
      <PageNumbers page={results.page} pages={pagesOf(results)} href={(number) => at({}, number)} />
    </Page>
  )
}

const Forgotten = () => (
  <p>Where somebody looked is not part of a link. Type the town or postcode, and what is needed, to look around it.</p>
)

type WaysProps = Pick<DirectoryProps, 'may' | 'stopped' | 'disputed' | 'count'>

/** How many there are, and what else there is about services. */
const Ways = ({ may, stopped, disputed, count }: WaysProps) => (
  <ListBar count={countInWords(count)} print>
    <a href="/intensive-programmes">Intensive programmes</a>
    <a href="/services/owners">Owners</a>
    <a href="/services/locations">Locations</a>
    {may.propose ? <a href="/services/proposals">Proposed changes</a> : null}
    {may.propose ? <a href="/services/checking">Check services</a> : null}
    {may.decide ? <a href="/services/feeds">{feedsInWords(stopped)}</a> : null}
    {may.decide ? <a href="/services/contested">{contestedInWords(disputed)}</a> : null}
    {may.propose ? <a href="/services/words">Words that mean the same</a> : null}
  </ListBar>
)

const contestedInWords = (disputed: number) => (disputed === 0 ? 'Contested figures' : `Contested figures: ${disputed}`)

const feedsInWords = (stopped: number) =>
  stopped === 0 ? 'Feeds' : `Feeds: ${stopped} ${stopped === 1 ? 'has' : 'have'} stopped`
