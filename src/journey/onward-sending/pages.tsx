import type { FormState } from '#platform/form/rules.ts'
import { AgreedWords } from '#platform/html/agreed-words.tsx'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Inset } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { LeavingOut } from '#platform/html/leaving-out.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { noLinkSent } from '#registers/online/rules.ts'
import { carriedVersions, type Wording } from '#registers/wording/rules.ts'
import { leavingOut, type Part } from '#journey/packet/rules.ts'
import { showings, teamWithdrawals, yesOrNo } from '#journey/onward/rules.ts'

type Whose = Readonly<{
  onward: Readonly<{ id: string; serviceName: string; parts: readonly Part[]; version: number }>
  person: Readonly<{ id: string; name: string }>
}>

type ShowProps = FormState &
  Whose &
  Readonly<{
    id: string
    /** By which way a message would go; undefined where none is safe and wanted. */
    messageTo: string | undefined
    /** Whether their online access is closed. */
    closed: boolean
    words: Readonly<{ onward: Wording }>
  }>

/** Shows somebody what would be sent, and writes down what they say where they are there or on the phone. */
export const ShowOnward = ({ onward, person, id, messageTo, closed, words, problems, typed }: ShowProps) => (
  <Page
    title="Show them what would be sent"
    caption={person.name}
    lede={`To ${onward.serviceName}. Read it out or turn the screen: they say yes to exactly this, and can leave out parts.`}
    back={{ href: `/onward/${onward.id}` }}
    width="reading"
    problems={problems}
  >
    <Card heading="What would be sent">
      <Sent parts={onward.parts} />
    </Card>
    <p>With a yes, they agree to this:</p>
    <AgreedWords texts={[words.onward.text]} />
    <Form
      action={`/onward/${onward.id}/showing`}
      fields={{ id, words: carriedVersions(words) }}
      edits={{ version: onward.version, now: <Sent parts={onward.parts} /> }}
      {...{ problems, typed }}
    >
      <Showing {...{ messageTo, closed }} />
      <fieldset className="nhsuk-fieldset">
        <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">
          If you are with them or on the phone: what do they say?
        </legend>
        <RadiosFrom name="answer" label="May it be sent?" list={yesOrNo} inline />
        <LeavingOut {...leavingOut(onward.parts, { withValues: true })} />
        <TextArea name="note" label="What they said (optional)" rows={2} maximum={500} />
      </fieldset>
      <Button>Go on</Button>
    </Form>
  </Page>
)

const Showing = ({ messageTo, closed }: Pick<ShowProps, 'messageTo' | 'closed'>) => (
  <>
    {closed ? (
      <Inset>
        <p>
          <strong>{noLinkSent}</strong> Show it in person, or read it to them on the phone.
        </p>
      </Inset>
    ) : null}
    <RadiosFrom
      name="how"
      label="How do you show it?"
      list={withAddress(messageTo)}
      only={messageTo === undefined ? ['in-person', 'telephone'] : ['in-person', 'telephone', 'message']}
    />
  </>
)

const Sent = ({ parts }: { parts: readonly Part[] }) => (
  <SummaryList rows={parts.map(({ label, value }) => ({ label, value }))} />
)

const withAddress = (to: string | undefined) => ({
  ...showings,
  message: { ...showings.message, hint: `${showings.message.hint}${to === undefined ? '' : ` It goes by ${to}.`}` },
})

type WithdrawProps = FormState & Whose & Readonly<{ id: string; isAsked: boolean }>

/** Ends an onward referral before its time. */
export const WithdrawOnward = ({ onward, person, id, isAsked, problems, typed }: WithdrawProps) => (
  <FormPage
    title="Withdraw this referral"
    caption={`${person.name}: ${onward.serviceName}`}
    lede={
      isAsked
        ? 'The link is closed at once, and the service is told to do nothing more.'
        : 'Nothing was sent yet, and nothing will be.'
    }
    back={{ href: `/onward/${onward.id}` }}
    action={`/onward/${onward.id}/withdrawal`}
    fields={{ id }}
    width="reading"
    {...{ problems, typed }}
  >
    <RadiosFrom name="reason" label="Why?" list={teamWithdrawals} />
    <TextArea name="note" label="Anything to add (optional)" rows={2} maximum={500} />
    <Button warning>Withdraw it</Button>
  </FormPage>
)
