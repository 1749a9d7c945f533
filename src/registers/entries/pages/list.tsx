import { FilterForm, ListBar } from '#platform/html/arrangement.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Page } from '#platform/html/page.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { Table } from '#platform/html/table.tsx'
import { type EntryKind, entryKinds, perPage } from '#registers/entry/rules.ts'

type Row = Readonly<{ id: string; name: string; where: string | null; services: number }>

type EntriesProps = Readonly<{
  kind: EntryKind
  rows: readonly Row[]
  number: number
  words: string | null
  page: number
}>

const ledes: Readonly<Record<EntryKind, string>> = {
  owner: 'Who runs the services of the directory. What is changed here changes for all of their services.',
  location: 'Where services are given. What is changed here changes for every service that is given there.',
}

/** Who runs services, or where they are given. */
export const Entries = ({ kind, rows, number, words, page }: EntriesProps) => {
  const { many, at } = entryKinds[kind]
  const query = words === null ? '' : `words=${encodeURIComponent(words)}&`
  return (
    <Page title={many} lede={ledes[kind]} back={{ href: '/services', label: 'Services' }}>
      <FilterForm action={at} clear={words === null ? undefined : at}>
        <TextField
          name="words"
          label={kind === 'owner' ? 'Name begins with' : 'Name or town begins with'}
          value={words ?? ''}
        />
      </FilterForm>
      <ListBar
        count={`${number.toLocaleString('en-GB')} ${number === 1 ? entryKinds[kind].label.toLowerCase() : many.toLowerCase()}`}
      />
      <Table
        caption={`${many}, by name`}
        captionSize="hidden"
        columns={[
          { key: 'name', label: 'Name', names: true, cell: ({ id, name }) => <a href={`${at}/${id}`}>{name}</a> },
          { key: 'where', label: kind === 'owner' ? 'Website' : 'Town', cell: ({ where }) => where ?? 'Not known' },
          { key: 'services', label: 'Services', cell: ({ services }) => services.toLocaleString('en-GB') },
        ]}
        rows={rows}
        rowKey={({ id }) => id}
        empty={
          words === null
            ? 'None yet. They come with the services that are added.'
            : 'None begins so. Try a shorter beginning.'
        }
      />
      <PageNumbers page={page} pages={Math.ceil(number / perPage)} href={(one) => `${at}?${query}page=${one}`} />
    </Page>
  )
}
