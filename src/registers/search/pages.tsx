import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { EmptyState, Inset, Tag } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { hidesContact } from '#registers/people/rules.ts'
import { type Found, most } from './rules.ts'

type SearchProps = FormState & Readonly<{ found?: readonly Found[] | undefined; lists: readonly List[] }>

/** A list of records that somebody has to look after, beside the search. */
export type List = Readonly<{ href: string; label: string }>

/** Looks for a person. What is looked for is in the form and in no address. */
export const Search = ({ found, lists, problems, typed }: SearchProps) => (
  <Page
    title="Find a person"
    problems={problems}
    actions={lists.map((list) => (
      <ListLink key={list.href} {...list} />
    ))}
  >
    <Form action="/people/search" problems={problems} typed={typed}>
      <TextField
        name="search"
        label="Who are you looking for?"
        hint="A name or what they like to be called, or the whole of an NHS number, phone number, email address or referral reference."
        type="search"
        width={30}
        autoComplete="off"
        spellCheck={false}
      />
      <Button>Find</Button>
    </Form>
    {found === undefined ? null : <Results found={found} />}
  </Page>
)

const ListLink = ({ href, label }: List) => (
  <LinkButton href={href} small secondary>
    {label}
  </LinkButton>
)

function Results({ found }: { found: readonly Found[] }) {
  if (found.length === 0) return <Nobody />
  const more = found.length > most
  return (
    <>
      {more ? (
        <Inset>
          These are the first {most}. To narrow it down, add another part of the name, or look for a phone number, email
          address or NHS number.
        </Inset>
      ) : null}
      <Table
        caption={more ? `More than ${most} people` : found.length === 1 ? '1 person' : `${found.length} people`}
        captionSize="m"
        columns={columns}
        rows={found.slice(0, most)}
        rowKey={({ id }) => id}
        empty=""
      />
    </>
  )
}

const Nobody = () => (
  <EmptyState heading="Nobody was found">
    Names are found by how their words begin, so try fewer letters or only the last name. Numbers, email addresses and
    references have to be whole. You find the people your organisation supports; others are not shown.
  </EmptyState>
)

const columns: readonly Column<Found>[] = [
  {
    key: 'name',
    label: 'Person',
    names: true,
    cell: (person) => (
      <>
        <a href={`/people/${person.id}`}>
          {person.given_name} {person.family_name}
        </a>{' '}
        {person.restricted ? <Tag colour="red">Restricted</Tag> : null}
      </>
    ),
  },
  { key: 'called', label: 'Likes to be called', cell: ({ preferred_name }) => preferred_name },
  { key: 'born', label: 'Date of birth', nowrap: true, cell: ({ born_on }) => longDay(born_on) },
  {
    key: 'postcode',
    label: 'Postcode',
    nowrap: true,
    cell: (person) => (hidesContact(person) ? 'Hidden' : person.postcode),
  },
]
