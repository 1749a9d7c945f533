import type { ReactNode } from 'react'
import { dayOf } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom } from '#platform/html/choices.tsx'
import { Card, Tag } from '#platform/html/content.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { onOneLine } from '#registers/means/rules.ts'
import { opens, type OwnWay, takesCode, useOf, uses } from '#registers/own-ways/rules.ts'
import { accessNeeds, meansKinds, type Person } from '#registers/people/rules.ts'
import { ownNeedInWords, ownNeeds } from './rules.ts'

type Details = Pick<Person, 'access_needs' | 'access_note' | 'access_version' | 'best_time' | 'safety_version'> &
  Pick<Person, 'language' | 'interpreter' | 'language_version'>

type Login = Readonly<{ id: string; label: string; since: Temporal.Instant }>

type OwnDetailsProps = Readonly<{ details: Details; ways: readonly OwnWay[]; logins: readonly Login[] }>

/** Everything a person has told us about reaching them and what they need, each with where it is changed. */
export const OwnDetails = ({ details, ways, logins }: OwnDetailsProps) => (
  <Page title="My details" lede="Your coach sees what you change here, and so does whoever works with your coach.">
    <Ways ways={ways} />
    {logins.length > 0 ? <Logins logins={logins} /> : null}
    <Needs details={details} />
    <p>
      <Said text="Is there anything we must mind so that you are safe? Tell your coach. It is never shown here, so that nobody who sees your phone can read it." />
    </p>
    <p>
      <Said text="Is your name, date of birth, GP or something else wrong?" />{' '}
      <a href="/my/corrections">
        <Said text="Tell us what is wrong" />
      </a>
    </p>
  </Page>
)

const Ways = ({ ways }: Pick<OwnDetailsProps, 'ways'>) => (
  <Card
    heading="How you can be reached"
    actions={
      <a href="/my/details/ways/new">
        <Said text="Add a way to reach me" />
      </a>
    }
  >
    {ways.length === 0 ? (
      <p>
        <Said text="You have given us no phone number and no address. Add one, so that we can reach you." />
      </p>
    ) : (
      <ul className="nhsuk-list">
        {ways.map((way) => (
          <li key={way.id}>
            <Way {...way} />
          </li>
        ))}
      </ul>
    )}
    {ways.some(opens) ? null : (
      <p>
        <strong>
          <Said text="You cannot sign in with any of these. Add a mobile number or an email address that is safe." />
        </strong>
      </p>
    )}
  </Card>
)

const Logins = ({ logins }: Pick<OwnDetailsProps, 'logins'>) => {
  const say = useSay()
  return (
    <Card heading="Accounts that open these pages">
      <p>{say('You have also signed in with these. Take away each one that is not yours, or that others can use.')}</p>
      <ul className="nhsuk-list">
        {logins.map(({ id, label, since }) => (
          <li key={id}>
            <strong>{label}</strong>. {say('Last used on {day}.', { day: say.day(dayOf(since)) })}{' '}
            <a href={`/my/details/logins/${id}`}>
              <Said text="Take it away" />
              <span className="nhsuk-u-visually-hidden">: {label}</span>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Needs({ details }: Pick<OwnDetailsProps, 'details'>) {
  const say = useSay()
  const needs = [...details.access_needs.map((need) => say(ownNeedInWords(need))), details.access_note]
  return (
    <SummaryList
      missing="Nothing said yet"
      rows={[
        { label: 'Best time to reach you', value: details.best_time, change: { href: '/my/details/times' } },
        {
          label: 'What you need to take part',
          value: needs.filter((part) => part).join(', '),
          change: { href: '/my/details/needs' },
        },
        { label: 'Language', value: details.language, change: { href: '/my/details/language' } },
        { label: 'Interpreter', value: details.interpreter, change: { href: '/my/details/language' } },
      ]}
    />
  )
}

const Way = (way: OwnWay) => {
  const say = useSay()
  const kind = Object.entries(meansKinds).find(([code]) => code === way.kind)?.[1].label ?? way.kind
  const use = useOf(way)
  return (
    <>
      <a href={`/my/details/ways/${way.id}`} dir="auto">
        {onOneLine(way.value)}
      </a>{' '}
      ({say(kind)}) {way.preferred ? <Tag colour="green">{say('First')}</Tag> : null}{' '}
      {use === 'yes' ? null : <Tag colour="orange">{say(uses[use].label)}</Tag>}{' '}
      {way.unconfirmed_at !== null && takesCode(way) ? <Tag colour="yellow">{say('Not confirmed')}</Tag> : null}
    </>
  )
}

export type PartProps = FormState & Readonly<{ details: Details }>

type PartPageProps = PartProps &
  Readonly<{ title: string; lede?: string; path: string; version: number; now: ReactNode; children: ReactNode }>

const PartPage = ({ title, lede, path, version, now, children, problems, typed }: PartPageProps) => (
  <Page title={title} lede={lede} back={{ href: '/my/details', label: 'My details' }} problems={problems}>
    <Form action={path} edits={{ version, now: <p>{now}</p> }} problems={problems} typed={typed}>
      {children}
      <Button>Save</Button>
    </Form>
  </Page>
)

/** When somebody likes to be reached. What keeps them safe stands on no page that others may see on their phone. */
export const TimesPage = (props: PartProps) => {
  const { best_time: best, safety_version: version } = props.details
  return (
    <PartPage {...props} title="Best time to reach you" path="/my/details/times" version={version} now={best}>
      <TextField
        name="bestTime"
        label="Best time to reach you"
        hint="For example, weekday mornings"
        value={best ?? undefined}
      />
    </PartPage>
  )
}

/** What somebody needs so that they can take part. */
export const NeedsPage = (props: PartProps) => {
  const { access_needs: needs, access_note: note, access_version: version } = props.details
  return (
    <PartPage
      {...props}
      title="What I need to take part"
      lede="Tick everything that would help. We use it for every call, letter and meeting."
      path="/my/details/needs"
      version={version}
      now={[...needs.map(ownNeedInWords), note].filter((part) => part).join(', ')}
    >
      <CheckboxesFrom name="needs" label="What would help?" list={ownNeeds} value={known(needs)} />
      <Further needs={needs} />
      <TextArea
        name="accessNote"
        label="More about what you need (optional)"
        rows={3}
        maximum={500}
        value={note ?? undefined}
      />
    </PartPage>
  )
}

// What few people need was written down with them and stays: their coach takes it out where it is wrong.
const Further = ({ needs }: Readonly<{ needs: readonly string[] }>) => {
  const say = useSay()
  const others = needs.filter((need) => !(need in accessNeeds))
  return others.length === 0 ? null : (
    <p>{say('You also need: {needs}', { needs: others.map((need) => say(ownNeedInWords(need))).join(', ') })}</p>
  )
}

// Checked: a need that an older list had is not among the boxes.
const known = (needs: readonly string[]) => needs.filter((need) => need in accessNeeds) as (keyof typeof accessNeeds)[]

/** Which language somebody speaks, and whether they need an interpreter. */
export const LanguagePage = (props: PartProps) => {
  const { language, interpreter, language_version: version } = props.details
  return (
    <PartPage
      {...props}
      title="Language"
      path="/my/details/language"
      version={version}
      now={[language, interpreter].filter((part) => part).join(', ')}
    >
      <TextField name="language" label="Language you speak best" value={language ?? undefined} width={20} />
      <TextField
        name="interpreter"
        label="Interpreter"
        hint="Which language, and anything that matters, such as a woman. Leave this empty if you need none."
        value={interpreter ?? undefined}
      />
    </PartPage>
  )
}
