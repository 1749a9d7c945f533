import { longDay, shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { directionOf, type Language, languages } from './rules.ts'

/** A translator's name under a language; one that no longer holds was taken back, or a sentence has changed since. */
export type Signed = Readonly<{ id: string; name: string; qualifiedAs: string; checkedOn: Temporal.PlainDate }> &
  Readonly<{ holds: boolean; withdrawn: boolean; at: Temporal.Instant }>

/** How a translation stands: checked for this area or for the product, or still a draft. */
export type Translation = Readonly<{ language: Language; isDraft: boolean; byProduct: string | undefined }> &
  Readonly<{ signed: Signed | undefined; sentences: number }>

const InOwnWords = ({ language }: { language: Language }) => (
  <bdi lang={languages[language].tag}>{languages[language].label}</bdi>
)

const columns: readonly Column<Translation>[] = [
  {
    key: 'language',
    label: 'Language',
    names: true,
    cell: ({ language }) => (
      <a href={`/area/languages/${language}`}>
        <InOwnWords language={language} />
      </a>
    ),
  },
  { key: 'sentences', label: 'Sentences', numeric: true, cell: ({ sentences }) => sentences },
  {
    key: 'state',
    label: 'State',
    cell: ({ isDraft }) =>
      isDraft ? <Tag colour="orange">Draft: every page says so</Tag> : <Tag colour="green">Checked</Tag>,
  },
  {
    key: 'by',
    label: 'Checked by',
    cell: ({ signed, byProduct }) =>
      signed ? `${signed.name}, ${signed.qualifiedAs}, ${longDay(signed.checkedOn)}` : (byProduct ?? ''),
  },
]

/** Every language the pages of the public are kept in, and who has checked it. */
export const Translations = ({ translations }: { translations: readonly Translation[] }) => (
  <Page
    title="Who has checked our translations"
    lede="Public pages in a language nobody has checked say that they are a draft, and no message is sent in it."
    back={{ href: '/area', label: 'Area' }}
  >
    <Table
      caption="Languages"
      captionSize="hidden"
      columns={columns}
      rows={translations}
      rowKey={({ language }) => language}
      empty=""
    />
  </Page>
)

export type Sentence = Readonly<{ english: string; translation: string }>

const sentenceColumns = (language: Language): readonly Column<Sentence>[] => [
  { key: 'english', label: 'English', names: true, prose: true, cell: ({ english }) => english },
  {
    key: 'translation',
    label: languages[language].label,
    prose: true,
    cell: ({ translation }) => (
      <span lang={languages[language].tag} dir={directionOf(language)}>
        {translation}
      </span>
    ),
  },
]

type OneProps = FormState &
  Readonly<{
    translation: Translation
    sentences: readonly Sentence[]
    history: readonly Signed[]
    /** Whether this reader may write down who has checked it. */
    signs: boolean
    today: Temporal.PlainDate
  }>

/** One language sentence by sentence, with who has checked it. */
export const OneTranslation = ({ translation, sentences, history, signs, today, problems, typed }: OneProps) => {
  const { language, isDraft } = translation
  const title = englishNames[language]
  return (
    <Page title={title} back={{ href: '/area/languages', label: 'Translations' }} problems={problems}>
      {isDraft ? null : <Checked translation={translation} />}
      {isDraft && signs && sentences.length > 0 ? <SigningForm {...{ language, today, problems, typed }} /> : null}
      {!isDraft && translation.signed && signs ? (
        <ButtonForm action={`/area/languages/${language}/withdrawal`} secondary>
          Take the signature back
        </ButtonForm>
      ) : null}
      <History history={history} />
      <Table
        caption="Every sentence"
        captionSize="m"
        columns={sentenceColumns(language)}
        rows={sentences}
        rowKey={({ english }) => english}
        empty="Nothing has been translated into this language yet, so it is not offered."
      />
    </Page>
  )
}

const englishNames = {
  ...{ en: 'English', 'easy-read': 'Easy read', cy: 'Welsh', pl: 'Polish', ur: 'Urdu', ar: 'Arabic' },
} as const

type SigningProps = FormState & Readonly<{ language: Language; today: Temporal.PlainDate }>

const SigningForm = ({ language, today, problems, typed }: SigningProps) => (
  <Form action={`/area/languages/${language}/signature`} problems={problems} typed={typed} className="ww-reading">
    <Inset>
      <p>
        Whoever signs has read every sentence below in both languages and found it right. A change to any of them makes
        the language a draft again.
      </p>
    </Inset>
    <TextField name="name" label="Who has checked it" width={20} autoComplete="off" />
    <TextField
      name="qualifiedAs"
      label="What qualifies them"
      hint="For example: translator of a named company, or a group of people with a learning disability"
    />
    <DateField name="checkedOn" label="On which day" value={today.toString()} />
    <Button>Sign this translation</Button>
  </Form>
)

const Checked = ({ translation: { signed, byProduct } }: { translation: Translation }) => (
  <Inset>
    <p>
      {signed
        ? `Checked by ${signed.name}, ${signed.qualifiedAs}, on ${longDay(signed.checkedOn)}.`
        : `Checked for the product: ${byProduct ?? ''}.`}
    </p>
  </Inset>
)

const historyColumns: readonly Column<Signed>[] = [
  { key: 'name', label: 'Who', names: true, cell: ({ name, qualifiedAs }) => `${name}, ${qualifiedAs}` },
  { key: 'on', label: 'Checked', nowrap: true, cell: ({ checkedOn }) => shortDay(checkedOn) },
  {
    key: 'state',
    label: 'Now',
    cell: ({ holds, withdrawn }) => {
      if (withdrawn) return 'Taken back'
      return holds ? 'Holds' : 'A sentence has changed since'
    },
  },
]

const History = ({ history }: { history: readonly Signed[] }) =>
  history.length === 0 ? null : (
    <Table
      caption="Signatures, newest first"
      captionSize="m"
      columns={historyColumns}
      rows={history}
      rowKey={({ id }) => id}
      empty=""
    />
  )
