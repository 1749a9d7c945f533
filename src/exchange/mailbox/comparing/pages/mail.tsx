import { inWords } from '#platform/dates.ts'
import type { FormState, Problem } from '#platform/form/rules.ts'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import type { CodeList } from '#platform/html/choices.tsx'
import { Details, Inset, Tag, WarningCallout, WhatWasWritten } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import type { Known } from '#exchange/mailbox/comparing/rules.ts'
import { reasons, type Settlement, settlements } from '#exchange/mailbox/incoming/rules.ts'
import { ReferralFields } from './fields.tsx'

type File = Readonly<{ number: number; name: string; bytes: number; isForm: boolean }>

export type ShownMail = Readonly<{
  id: string
  version: number
  fromName: string | null
  fromAddress: string | null
  subject: string | null
  cameAt: Temporal.Instant
  text: string | null
  form: string | null
  reason: string | null
  isForm: boolean
  settledAs: Settlement | null
  settledAt: Temporal.Instant | null
  settledBy: string | null
  why: string | null
  referral: string | null
  files: readonly File[]
}>

export type MailProps = FormState &
  Readonly<{
    mail: ShownMail
    now: Temporal.Instant
    /** What has to be looked at in the fields, as the form could not be read there. */
    doubts: readonly Problem[]
    practices: CodeList
    practicesOfPerson: CodeList | undefined
    known: readonly Known[]
    /** Other forms that wait and look like the same person. */
    others: readonly Readonly<{ id: string; name: string }>[]
  }>

const home = { href: '/mailbox', label: 'Forms by email' }

/** A form beside what was read of it: whoever looks puts it right and adds the referral. */
export const Comparing = ({ mail, now, known, others, ...fields }: MailProps) => (
  <Page
    title={mail.isForm ? 'Compare a form' : 'A message without a form'}
    lede={
      mail.isForm
        ? 'On the left what was sent, on the right what was read of it. What you leave on the right is what counts.'
        : undefined
    }
    back={home}
    problems={fields.problems}
  >
    {mail.reason ? (
      <Inset>
        {mail.reason === reasons['unknown-answer'].label ? (
          <p>
            {mail.reason}. Ask whoever wrote it for the code in our email. Whoever looks after that person writes down
            what the service says at <a href="/onward">Onward referrals</a>; then say here that it is not a referral.
          </p>
        ) : (
          <p>{mail.reason}. If it is a referral, add it from what was sent; otherwise say what it is.</p>
        )}
      </Inset>
    ) : null}
    <MayBeKnown known={known} others={others} />
    <div className="ww-compare">
      <section aria-labelledby="original">
        <h2 className="nhsuk-heading-m" id="original">
          What was sent
        </h2>
        <Original mail={mail} now={now} />
      </section>
      <AsRead mail={mail} {...fields} />
    </div>
  </Page>
)

type AsReadProps = Omit<MailProps, 'now' | 'known' | 'others'>

const AsRead = ({ mail, ...fields }: AsReadProps) => (
  <section aria-labelledby="read">
    <h2 className="nhsuk-heading-m" id="read">
      {mail.isForm ? 'What was read' : 'The referral'}
    </h2>
    <Form
      action={`/mailbox/${mail.id}/referral`}
      fields={{ version: `${mail.version}` }}
      problems={fields.problems}
      typed={fields.typed}
    >
      <Doubts doubts={fields.doubts} />
      <ReferralFields {...fields} />
      <Button>Add the referral</Button>
    </Form>
    <NoReferral mail={mail} />
    <Deleting id={mail.id} />
  </section>
)

const Doubts = ({ doubts }: Readonly<{ doubts: readonly Problem[] }>) =>
  doubts.length === 0 ? null : (
    <Inset>
      <p>
        {doubts.length === 1
          ? '1 thing could not be read. It is said at its field.'
          : `${doubts.length} things could not be read. Each is said at its field.`}
      </p>
    </Inset>
  )

const MayBeKnown = ({ known, others }: Pick<MailProps, 'known' | 'others'>) =>
  known.length + others.length === 0 ? null : (
    <WarningCallout heading="They may be known already">
      <ul>
        {known.map(({ id, name, why }, place) => (
          <li key={place}>
            {id ? <a href={`/people/${id}`}>{name}</a> : name}: {why}
          </li>
        ))}
        {others.map(({ id, name }) => (
          <li key={id}>
            Another form that waits: <a href={`/mailbox/${id}`}>{name}</a>
          </li>
        ))}
      </ul>
      <p>
        You can add the referral all the same: the two records then stand side by side on it. Where the same form came
        twice, say of this one that it is no referral.
      </p>
    </WarningCallout>
  )

const Original = ({ mail, now }: Pick<MailProps, 'mail' | 'now'>) => (
  <>
    <SummaryList
      compact
      rows={[
        { label: 'From', value: fromWhom(mail) },
        { label: 'Subject', value: mail.subject },
        { label: 'Came', value: inWords(mail.cameAt, now) },
      ]}
    />
    <p className="nhsuk-hint">Anybody can write any name here. Our letters go to the address of the register.</p>
    {mail.files.length === 0 ? null : (
      <ul>
        {mail.files.map(({ number, name, bytes, isForm }) => (
          <li key={number}>
            <a href={`/mailbox/${mail.id}/files/${number}`} download>
              {name}
            </a>{' '}
            ({sizeInWords(bytes)}
            {isForm ? ', the form' : ''})
          </li>
        ))}
      </ul>
    )}
    {mail.form ? <p className="ww-words ww-original">{mail.form}</p> : null}
    {mail.text && mail.text !== mail.form ? (
      <Details summary="What the message says" open={mail.form === null}>
        <p className="ww-words">{mail.text}</p>
      </Details>
    ) : null}
  </>
)

const fromWhom = ({ fromName, fromAddress }: ShownMail): string =>
  [fromName, fromAddress ? `(${fromAddress})` : ''].filter(Boolean).join(' ') || 'Nobody named'

const sizeInWords = (bytes: number): string =>
  bytes < 1_000
    ? 'under 1 kB'
    : bytes < 1_000_000
      ? `${Math.round(bytes / 1_000)} kB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`

const NoReferral = ({ mail }: Pick<MailProps, 'mail'>) => (
  <Details summary="It is not a referral">
    <Form action={`/mailbox/${mail.id}/settling`} fields={{ version: `${mail.version}` }}>
      <TextField
        name="why"
        label="What it is"
        hint="For example: sent twice, a question, an advertisement. No names."
      />
      <Button secondary>Not a referral</Button>
    </Form>
  </Details>
)

const Deleting = ({ id }: Readonly<{ id: string }>) => (
  <p>
    They ask us to delete it? <a href={`/mailbox/${id}/emptying`}>Delete what it says</a>
  </p>
)

type SettledProps = Readonly<{ mail: ShownMail; now: Temporal.Instant; meanwhile?: boolean }>

/** A form or message that was dealt with, as it came, and what became of it. */
export const SettledMail = ({ mail, now, meanwhile }: SettledProps) => (
  <Page
    title="This was dealt with"
    back={home}
    actions={
      mail.referral ? (
        <LinkButton href={`/referrals/${mail.referral}`} small>
          The referral
        </LinkButton>
      ) : undefined
    }
  >
    {meanwhile ? (
      <Inset>
        <p>Somebody else dealt with it while you had it open. Nothing of yours was saved.</p>
      </Inset>
    ) : null}
    <SummaryList
      rows={[
        { label: 'What became of it', value: mail.settledAs ? <Tag>{settlements[mail.settledAs].label}</Tag> : null },
        { label: 'By', value: mail.settledBy },
        { label: 'When', value: mail.settledAt ? inWords(mail.settledAt, now) : null },
        ...(mail.why ? [{ label: 'What it is', value: mail.why }] : []),
      ]}
    />
    {mail.settledAs === 'not-a-referral' ? (
      <ButtonForm action={`/mailbox/${mail.id}/reopening`} secondary>
        Put it back among those that wait
      </ButtonForm>
    ) : null}
    {mail.referral ? null : <Deleting id={mail.id} />}
    {meanwhile ? <WhatWasWritten /> : null}
    <h2 className="nhsuk-heading-m">What was sent</h2>
    <Original mail={mail} now={now} />
  </Page>
)
