import { LinkList } from '#platform/html/lists.tsx'
import { Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Language, languageCodes, languages } from '#platform/language/rules.ts'
import { type Format, formats, formatsOf, receivers, type Template } from '#registers/templates/rules.ts'

type Listed = Readonly<{ template: Template; changed: number }>

const listColumns: readonly Column<Listed>[] = [
  {
    key: 'title',
    label: 'Message',
    names: true,
    cell: ({ template }) => <a href={`/area/messages/${template.code}`}>{template.title}</a>,
  },
  { key: 'to', label: 'Goes to', cell: ({ template }) => receivers[template.to] },
  { key: 'when', label: 'When', prose: true, cell: ({ template }) => template.when },
  {
    key: 'words',
    label: 'Words',
    nowrap: true,
    cell: ({ changed }) => (changed === 0 ? 'As supplied' : <Tag colour="blue">Your own in {changed}</Tag>),
  },
]

/** Every message the product sends, to whomever. */
export const Messages = ({ rows }: { rows: readonly Listed[] }) => (
  <Page
    title="Messages"
    lede="What people are sent, in whose words. Every message keeps the version that went out."
    back={{ href: '/area', label: 'Area' }}
  >
    <Table
      caption="Messages"
      captionSize="hidden"
      columns={listColumns}
      rows={rows}
      rowKey={({ template }) => template.code}
      empty=""
    />
    <LinkList links={[{ href: '/area/languages', label: 'Who has checked our translations' }]} />
  </Page>
)

/** The words of one message in one language and format, and whose they are. */
export type Cell = Readonly<{ whose: 'own' | 'supplied' | 'draft' | 'none' | 'letter'; version: number }>

type Row = Readonly<{ language: Language; cells: Readonly<Record<Format, Cell>> }>

const Whose = ({ whose, version }: Cell) => {
  if (whose === 'own') return <Tag colour="blue">{`Your own, version ${version}`}</Tag>
  if (whose === 'supplied') return <>As supplied</>
  if (whose === 'letter') return <>As other letters</>
  return <Tag colour="grey">{whose === 'draft' ? 'Draft, not sent' : 'None yet'}</Tag>
}

const columnsOf = ({ code, ...template }: Template): readonly Column<Row>[] => [
  {
    key: 'language',
    label: 'Language',
    names: true,
    nowrap: true,
    cell: ({ language }) => <bdi lang={languages[language].tag}>{languages[language].label}</bdi>,
  },
  ...formatsOf(template).map((format) => ({
    key: format,
    label: formats[format].label,
    cell: ({ language, cells }: Row) => (
      <>
        <Whose {...cells[format]} />{' '}
        <a href={`/area/messages/${code}/${language}/${format}`}>
          See
          <span className="nhsuk-u-visually-hidden"> {`${languages[language].label}, ${formats[format].label}`}</span>
        </a>
      </>
    ),
  })),
]

type OneTemplateProps = Readonly<{ template: Template; rows: readonly Row[] }>

/** One message in every language and format. */
export const OneTemplate = ({ template, rows }: OneTemplateProps) => (
  <Page title={template.title} lede={template.when} back={{ href: '/area/messages', label: 'Messages' }}>
    <Table
      caption="Words by language and format"
      captionSize="hidden"
      columns={columnsOf(template)}
      rows={rows}
      rowKey={({ language }) => language}
      empty=""
    />
    <p>
      Somebody is written to in the language they speak, where you have words of your own in it or a translator has
      signed ours. Otherwise they are written to in English.
    </p>
  </Page>
)

/** The languages words are kept in, in the order in which they are shown. */
export const languageRows = ({ languages: only }: Template): readonly Language[] => only ?? languageCodes
