import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { Inset, Steps } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Codes, formats, type GpSystem, gpSystems, merged } from './rules.ts'

const home = '/area/referral-form'

type Offered = Readonly<{ system: GpSystem; codes: number }>

type FormsProps = Readonly<{
  address: string | null
  isMailbox: boolean
  /** The folder that stands for a mailbox where nothing real is set up; null elsewhere. */
  folder: string | null
  offered: readonly Offered[]
  mayChange: boolean
}>

/** The form for practices, in every format, and how a practice takes it into use. */
export const Forms = ({ address, isMailbox, folder, offered, mayChange }: FormsProps) => (
  <Page
    title="Referral form for practices"
    lede="A practice keeps this form in its records system, fills it in there and attaches it to an email. What comes back becomes a draft that somebody here compares with the form."
    back={{ href: '/area', label: 'Area' }}
    actions={
      <>
        <LinkButton href={`${home}/blank/docx`} small>
          Word
        </LinkButton>
        <LinkButton href={`${home}/blank/pdf`} secondary small>
          PDF
        </LinkButton>
        <LinkButton href={`${home}/blank/txt`} secondary small>
          Plain text
        </LinkButton>
      </>
    }
  >
    <Where {...{ address, isMailbox, folder }} />
    <TakingIntoUse />
    <Table
      caption="With merge fields"
      captionSize="m"
      columns={columns(mayChange)}
      rows={offered}
      rowKey={({ system }) => system}
      empty="No records system is known."
    />
    <p>
      We know of no public list of what merge fields are called in these systems, so we supply none. What you write down
      goes into the form as it stands. A name after the word MERGEFIELD becomes a merge field of Word.
    </p>
  </Page>
)

const TakingIntoUse = () => (
  <>
    <h2 className="nhsuk-heading-m">How a practice takes it into use</h2>
    <Steps>
      <li>Send the practice the form for its records system, or the plain one.</li>
      <li>
        They add it to the letters or documents of their system. Only they can say what a merge field is called there:
        write it down below once they have.
      </li>
      <li>They refer somebody who does not exist, and send it. Compare it on the page of forms that came by email.</li>
      <li>Write the practice’s own email address under Organisations: our letters go there and nowhere else.</li>
    </Steps>
  </>
)

const Where = ({ address, isMailbox, folder }: Pick<FormsProps, 'address' | 'isMailbox' | 'folder'>) =>
  folder !== null ? (
    <Inset>
      <p>
        This is a trial: forms are read from the folder <code className="ww-break">{folder}</code> of the machine on
        which WorkWell runs. Put an email with a filled-in form there, as a file whose name ends in .eml.
      </p>
    </Inset>
  ) : address && isMailbox ? (
    <p>
      Filled-in forms come to <strong>{address}</strong>.
    </p>
  ) : (
    <Inset>
      <p>
        {address
          ? `No mailbox is set up for forms. The form names ${address}, and what comes there is not read by itself.`
          : 'No mailbox is set up for forms, and your area has no email address: the form does not say where to send it.'}
      </p>
    </Inset>
  )

const columns = (mayChange: boolean): readonly Column<Offered>[] => [
  { key: 'system', label: 'Records system', names: true, cell: ({ system }) => gpSystems[system].label },
  {
    ...{ key: 'codes', label: 'Merge fields', nowrap: true },
    cell: ({ codes }) => (codes === 0 ? 'None written down' : `${codes} of ${merged.length}`),
  },
  { key: 'docx', label: 'Word', cell: ({ system }) => <Download system={system} format="docx" /> },
  { key: 'txt', label: 'Plain text', cell: ({ system }) => <Download system={system} format="txt" /> },
  ...(mayChange
    ? [
        {
          ...{ key: 'change', label: 'Change' },
          cell: ({ system }: Offered) => (
            <a href={`${home}/${system}`}>
              Merge fields<span className="nhsuk-u-visually-hidden"> of {gpSystems[system].label}</span>
            </a>
          ),
        },
      ]
    : []),
]

const Download = ({ system, format }: Readonly<{ system: GpSystem; format: 'docx' | 'txt' }>) => (
  <a href={`${home}/${system}/${format}`}>
    {formats[format].label}
    <span className="nhsuk-u-visually-hidden"> for {gpSystems[system].label}</span>
  </a>
)

type CodesProps = FormState & Readonly<{ system: GpSystem; codes: Codes; version: number }>

/** Writes down what the merge fields of a records system are called. */
export const MergeFields = ({ system, codes, version, problems, typed }: CodesProps) => (
  <FormPage
    title={`Merge fields of ${gpSystems[system].label}`}
    lede="As a practice gives them to you, with the brackets or signs that belong to them. What you leave empty is left empty on the form."
    back={{ href: home, label: 'Referral form for practices' }}
    action={`${home}/${system}`}
    edits={{ version, now: <AsTheyStand codes={codes} /> }}
    problems={problems}
    typed={typed}
    width="reading"
  >
    {merged.map(({ name, label }) => (
      <TextField key={name} name={name} label={label} value={codes[name]} spellCheck={false} autoComplete="off" />
    ))}
    <Button>Save</Button>
  </FormPage>
)

const AsTheyStand = ({ codes }: Pick<CodesProps, 'codes'>) => (
  <SummaryList compact rows={merged.map(({ name, label }) => ({ label, value: codes[name] ?? 'Empty' }))} />
)
