import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, ButtonGroup } from '#platform/html/buttons.tsx'
import { Card, Inset } from '#platform/html/content.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { directionOf, type Language, languages } from '#platform/language/rules.ts'
import { sayIn } from '#platform/language/say.ts'
import {
  type Format,
  formats,
  lengthOf,
  type Place,
  type Template,
  type TextLength,
  withExamples,
  type Words,
} from '#registers/templates/rules.ts'

export type Version = Readonly<{ version: number; subject: string | null; body: string | null }> &
  Readonly<{ byName: string; at: Temporal.Instant }>

type Whose = 'own' | 'supplied' | 'draft' | 'none' | 'letter'

/** What the words of one message in one language and format are, and were. */
export type WordsShown = Readonly<{
  template: Template
  language: Language
  format: Format
  /** The words in force, or that would be once they are signed. */
  words: Words
  whose: Whose
  version: number
  versions: readonly Version[]
  now: Temporal.Instant
}>

type WordsPageProps = WordsShown & FormState & Readonly<{ look?: Words | undefined; drafts?: boolean }>

/** The words of one message: what goes out now, how to change it, and what went before. */
export function WordsPage({ problems, typed, look, drafts = true, ...shown }: WordsPageProps) {
  const { template, language, format, words, whose, version, versions, now } = shown
  const at = `/area/messages/${template.code}/${language}/${format}`
  return (
    <Page
      title={template.title}
      caption={`${languages[language].label}, ${formats[format].label.toLowerCase()}`}
      lede={template.when}
      back={{ href: `/area/messages/${template.code}`, label: template.title }}
      problems={problems}
      width="reading"
    >
      {look ? (
        <Preview heading="What you typed, with made-up facts" words={look} {...{ template, language, format }} />
      ) : null}
      <Preview heading={headings[whose]} {...{ words, template, language, format }} />
      {whose === 'draft' ? <NotSigned /> : null}
      <h2 className="nhsuk-heading-m">Write your own words</h2>
      <WordsForm {...{ ...shown, problems, typed, at, drafts }} />
      {whose === 'own' ? (
        <ButtonForm action={`${at}/as-supplied`} version={version} secondary>
          {format === 'large-letter' ? 'Go back to the words of other letters' : 'Go back to the words as supplied'}
        </ButtonForm>
      ) : null}
      <h2 className="nhsuk-heading-m">What went before</h2>
      <Table
        caption="Versions, newest first"
        captionSize="hidden"
        columns={versionColumns(now)}
        rows={versions}
        rowKey={({ version: one }) => `${one}`}
        empty="Nobody has changed these words. Every change stays here, with who made it."
      />
    </Page>
  )
}

const NotSigned = () => (
  <p>
    No translator has signed this language yet, so it is not sent to anybody. Sign it on the page{' '}
    <a href="/area/languages">Who has checked our translations</a>, or write words of your own.
  </p>
)

const headings = {
  own: 'What goes out now: your own words',
  supplied: 'What goes out now: the words as supplied',
  draft: 'The draft translation as supplied',
  none: 'There are no words in this language yet',
  letter: 'What goes out now: the same words as in other letters',
} as const

type Shown = Pick<WordsShown, 'template' | 'language' | 'format'>

function Preview({ heading, words, template, language, format }: Shown & { heading: string; words: Words }) {
  const { subject, body } = withExamples(words, template, sayIn(language))
  const said = { lang: languages[language].tag, dir: directionOf(language) ?? 'ltr' }
  return (
    <Card heading={heading}>
      <div {...said} className={lookOf(language, format)}>
        {subject === null ? null : (
          <p>
            <strong>{subject}</strong>
          </p>
        )}
        {body.split(/\n+/).map((paragraph, place) => (
          <p key={place}>{paragraph}</p>
        ))}
      </div>
      {format === 'text' && body !== '' ? <Counted {...lengthOf(body)} /> : null}
    </Card>
  )
}

/** Words of easy read and of letters stand here as large as they are read; large print at the least size that anybody asks for. */
function lookOf(language: Language, format: Format): string | undefined {
  if (format === 'large-letter') return 'ww-large ww-letter--20'
  return language === 'easy-read' || format === 'letter' ? 'ww-large' : undefined
}

const Counted = ({ characters, parts, rare }: TextLength) => (
  <p className="nhsuk-hint">
    {`${characters} characters, ${parts === 1 ? '1 text message' : `paid as ${parts} text messages`}`}
    {rare.length === 0
      ? '.'
      : `. With these letters only 70 fit into one: ${rare.slice(0, 8).join(' ')}${rare.length > 8 ? ' …' : ''}`}
  </p>
)

function WordsForm({ template, language, format, words, version, problems, typed, at, drafts }: FormOf) {
  const way = { lang: languages[language].tag, dir: directionOf(language) }
  const edits = { version, now: <Inset>{words.body}</Inset> }
  return (
    <Form action={at} edits={edits} draft={drafts} problems={problems} typed={typed}>
      <PlacesOf places={template.places} />
      {template.to === 'person' || template.to === 'anybody' ? (
        <p>Somebody else may see this message. It must not name health, work, benefits or what the service does.</p>
      ) : null}
      {format === 'text' ? null : <TextField name="subject" label="Subject" value={words.subject ?? ''} {...way} />}
      <TextArea
        name="body"
        label="Words"
        hint="A sentence with a fact that is not known is left out. Leave an empty line between paragraphs."
        rows={8}
        value={words.body}
        {...way}
      />
      <ButtonGroup>
        <Button action={`${at}/preview`} secondary>
          Show me first
        </Button>
        <Button>Use these words</Button>
      </ButtonGroup>
    </Form>
  )
}

type FormOf = WordsShown & FormState & Readonly<{ at: string; drafts: boolean }>

type Named = Readonly<{ name: string; place: Place }>

const placeColumns: readonly Column<Named>[] = [
  { key: 'name', label: 'Write', names: true, nowrap: true, cell: ({ name }) => <code dir="ltr">{`{${name}}`}</code> },
  { key: 'label', label: 'What it becomes', prose: true, cell: ({ place }) => place.label },
  { key: 'needed', label: 'Must be there', cell: ({ place }) => (place.needed === undefined ? 'No' : 'Yes') },
]

const PlacesOf = ({ places }: Pick<Template, 'places'>) => (
  <Table
    caption="Facts that come into the words"
    columns={placeColumns}
    rows={Object.entries(places).map(([name, place]) => ({ name, place }))}
    rowKey={({ name }) => name}
    empty=""
  />
)

const versionColumns = (now: Temporal.Instant): readonly Column<Version>[] => [
  { key: 'version', label: 'Version', names: true, cell: ({ version }) => version },
  { key: 'when', label: 'When', cell: ({ at }) => inWords(at, now) },
  { key: 'who', label: 'Who', cell: ({ byName }) => byName },
  {
    key: 'words',
    label: 'Words',
    prose: true,
    cell: ({ subject, body }) =>
      body === null ? 'Back to the words from before' : [subject, body].filter((one) => one !== null).join(': '),
  },
]
