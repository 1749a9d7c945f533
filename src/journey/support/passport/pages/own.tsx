import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, Context, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, CopyLink, EmptyState, PrintLink } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { dayOf } from '#platform/dates.ts'
import { lastings } from '#journey/support/passport/rules.ts'
import { isEmpty, Sheet, type Shown } from './sheet.tsx'

type Link = Readonly<{ id: string; expiresAt: Temporal.Instant; opened: number }>

type OwnProps = FormState & Readonly<{ passport: Shown; links: readonly Link[]; id: string }>

/** The passport as the person it belongs to sees it: what it says, and to whom it is open. */
export const OwnPassport = ({ passport, links, id, problems, typed }: OwnProps) => (
  <Page
    title="My adjustment passport"
    caption={passport.name}
    lede="What helps you at work, in one place. It is yours: print it, take it to a new manager or job, or share it by a link."
    back={{ href: '/my', label: 'Home' }}
    actions={isEmpty(passport) ? undefined : <PrintLink>Print my passport</PrintLink>}
    problems={problems}
  >
    {passport.inPlace.length + passport.agreed.length === 0 ? (
      <EmptyState heading={<Said text="No change at work is agreed yet" />}>
        You and your coach look for changes that help you at work. Those your employer agrees to stand here.
      </EmptyState>
    ) : null}
    <Sheet passport={passport} />
    <div className="ww-screen-only">
      <p>
        <LinkButton href="/my/passport/introduction" secondary small>
          {passport.introduction === null ? 'Write something about yourself' : 'Change what I wrote'}
        </LinkButton>
      </p>
      <p>
        <Said text="Is something wrong or missing? Tell your coach." />
      </p>
      {isEmpty(passport) ? null : <Sharing {...{ id, problems, typed }} />}
      {links.length > 0 ? <Links links={links} /> : null}
    </div>
  </Page>
)

const Sharing = ({ id, problems, typed }: Pick<OwnProps, 'id' | 'problems' | 'typed'>) => (
  <Card heading="Share it by a link">
    <p>
      <Said text="Whoever has the link sees this passport as it is then, and nothing else about you. They need no account. You can stop it at any time." />
    </p>
    <Form action="/my/passport/links" fields={{ id }} problems={problems} typed={typed}>
      <RadiosFrom name="lasts" label="For how long should it work?" list={lastings} />
      <Button>Make a link</Button>
    </Form>
  </Card>
)

function Links({ links }: Readonly<{ links: readonly Link[] }>) {
  const say = useSay()
  return (
    <Card heading="Links that work now">
      <ul className="nhsuk-list">
        {links.map(({ id, expiresAt, opened }) => {
          const day = say.day(dayOf(expiresAt))
          return (
            <li key={id}>
              <p>
                <strong>{say('Works until {day}.', { day })}</strong> {say('Times opened: {count}.', { count: opened })}
              </p>
              <p>
                <a href={`/my/passport/links/${id}`}>
                  <Said text="Show the link" />
                  <Context>{say('Works until {day}.', { day })}</Context>
                </a>
              </p>
              <ButtonForm
                action={`/my/passport/links/${id}/withdrawal`}
                small
                secondary
                context={say('Works until {day}.', { day })}
              >
                Stop this link
              </ButtonForm>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

type WriteProps = FormState & Readonly<{ passport: Shown; id: string }>

/** Writes what stands at the head of the passport. */
export const WriteIntroduction = ({ passport, id, ...state }: WriteProps) => (
  <FormPage
    {...state}
    title="In my words"
    back={{ href: '/my/passport', label: 'Back to my passport' }}
    action="/my/passport/introduction"
    fields={{ id }}
    edits={{ version: passport.version, now: <p dir="auto">{passport.introduction ?? '–'}</p> }}
    draft
  >
    <TextArea
      name="introduction"
      label="What should people at work know?"
      hint="For example how you work best, and what helps on a hard day. You do not have to say anything about your health."
      rows={8}
      maximum={2000}
      value={passport.introduction ?? undefined}
    />
    <Button>Save</Button>
  </FormPage>
)

type OneLinkProps = Readonly<{ address: string; expiresAt: Temporal.Instant }>

/** A link to pass on. */
export function PassportLink({ address, expiresAt }: OneLinkProps) {
  const say = useSay()
  return (
    <Page title="Your link" back={{ href: '/my/passport', label: 'Back to my passport' }}>
      <p>
        <Said text="Copy it and send it yourself to whom you choose. Anybody who has it can open it, so send it only to people you trust." />
      </p>
      <CopyLink label="Link to my passport" address={address} />
      <p>{say('Works until {day}.', { day: say.day(dayOf(expiresAt)) })}</p>
    </Page>
  )
}
