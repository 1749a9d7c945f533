import { dayOf, shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { Details, Tag } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { organisationKinds } from '#registers/organisations/rules.ts'
import type { HandedLink } from '#journey/handed-link/rules.ts'
import { howCounted, type UsedAsShown } from '#programme/handed-counts/rules.ts'
import { ruleInWords } from '#programme/masking/rules.ts'

export type Listed = HandedLink & Readonly<{ used: UsedAsShown; byName: string | null }>

type ListProps = Readonly<{ links: readonly Listed[]; search: string | null; below: number }>

/** The links that organisations hand over: when each was made, by whom, and how often it was used. */
export const HandedLinks = ({ links, search, below }: ListProps) => (
  <Page
    title="Links that practices hand over"
    lede="A short link and a QR code for a poster, a card or a text. Whoever comes by it refers themselves."
    back={{ href: '/area', label: 'Area' }}
    actions={
      <LinkButton href="/area/links/new" small>
        Make a link
      </LinkButton>
    }
  >
    <FilterForm action="/area/links" clear={search ? '/area/links' : undefined}>
      <TextField name="search" label="Name of the organisation, or code" value={search ?? ''} />
    </FilterForm>
    <ListBar count={links.length === 1 ? '1 link' : `${links.length} links`} />
    <Table
      caption="Links, those that work first"
      captionSize="hidden"
      columns={columns}
      rows={links}
      rowKey={({ id }) => id}
      empty={
        search
          ? 'No link is called that. Look for a part of the name of the organisation.'
          : 'No link has been made yet. Make one for a practice, and print its poster or copy its text.'
      }
    />
    <HowCounted below={below} />
  </Page>
)

/** What the two numbers count, and when they are hidden. */
export const HowCounted = ({ below }: Readonly<{ below: number }>) => (
  <Details summary="How this is counted">
    <p>{howCounted}</p>
    <p>{ruleInWords(below)}</p>
  </Details>
)

const columns: readonly Column<Listed>[] = [
  {
    ...{ key: 'organisation', label: 'Handed over by', names: true },
    cell: ({ id, organisationName }) => <a href={`/area/links/${id}`}>{organisationName}</a>,
  },
  { key: 'kind', label: 'What it is', cell: ({ kind }) => organisationKinds[kind].label },
  { key: 'code', label: 'Code', nowrap: true, cell: ({ code }) => code },
  { key: 'made', label: 'Made', nowrap: true, cell: ({ madeAt }) => shortDay(dayOf(madeAt)) },
  { key: 'by', label: 'By', cell: ({ byName }) => byName ?? 'Somebody who has left' },
  { key: 'started', label: 'Begun', numeric: true, cell: ({ used }) => used.started },
  { key: 'sent', label: 'Sent', numeric: true, cell: ({ used }) => used.sent },
  { key: 'now', label: 'Now', cell: ({ endedAt }) => <State endedAt={endedAt} /> },
]

/** Whether a link works. */
export const State = ({ endedAt }: Pick<HandedLink, 'endedAt'>) =>
  endedAt ? <Tag colour="grey">{`Ended ${shortDay(dayOf(endedAt))}`}</Tag> : <Tag colour="green">Works</Tag>

type NewProps = FormState & Readonly<{ id: string; organisations: CodeList }>

/** Makes a link for an organisation of the register that sends people here. */
export const MakeLink = ({ id, organisations, problems, typed }: NewProps) => (
  <FormPage
    title="Make a link"
    back={{ href: '/area/links', label: 'Links that practices hand over' }}
    action="/area/links/new"
    fields={{ id }}
    problems={problems}
    typed={typed}
    width="reading"
  >
    <p>
      Each organisation has one link that works at a time, so that its two numbers are the whole of it. Is it not on the
      list? <a href="/organisations">Add it to the organisations</a> first.
    </p>
    <SelectFrom name="organisation" label="Who hands it over?" list={organisations} />
    <Button>Make the link</Button>
  </FormPage>
)
