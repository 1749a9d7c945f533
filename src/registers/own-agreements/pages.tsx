import { dayOf } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Inset, Tag } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { AreaWords, Said, useSay } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import {
  type Allowance,
  allowances,
  basisOf,
  isTellable,
  type Switch,
  switches,
  type Wording,
} from '#registers/permissions/rules.ts'
import { afterNo, basesInWords } from './rules.ts'

export const yesOrNo = { yes: { label: 'Yes' }, no: { label: 'No' } } as const

type Answer = Readonly<{
  id: string
  recipient: string
  given: boolean
  allows: string
  wording_version: number | null
  at: Temporal.Instant
}>

type Row = Readonly<{
  code: Switch
  /** The words in which it is offered today. */
  wording: Wording
  answer: Answer | undefined
  /** Those who may be told though they are named alone. */
  named: readonly Answer[]
}>

/** The seven things a person says yes or no to, one below the other. */
export const OwnAgreements = ({ rows }: { rows: readonly Row[] }) => {
  const say = useSay()
  const { area } = useShell()
  return (
    <Page
      title="What I agreed to"
      back={{ href: '/my', label: 'Home' }}
      lede="You can change each of these whenever you like. It holds at once, and it does not affect your benefits."
    >
      {rows.map((row) => (
        <OneSwitch key={row.code} {...row} />
      ))}
      <ul className="nhsuk-list nhsuk-list--bullet">
        <li>
          <a href="/benefits">{say('This does not affect your benefits')}</a>
        </li>
        {area ? (
          <li>
            <a href={`/in/${area.code}/privacy`}>{say('How we use what you tell us')}</a>
          </li>
        ) : null}
      </ul>
    </Page>
  )
}

const OneSwitch = ({ code, wording, answer, named }: Row) => (
  <Card heading={switches[code].label} tag={<YesOrNo answer={answer} />}>
    <blockquote className="ww-words">
      <AreaWords text={wording.text} />
    </blockquote>
    <p>
      <Since answer={answer} wording={wording} />
    </p>
    {answer?.given && isTellable(code) ? <HowMuch allows={answer.allows} /> : null}
    {named.map((one) => (
      <p key={one.id}>
        <Said text="May be told: {name}" with={{ name: one.recipient }} />
      </p>
    ))}
    <p className="ww-aside">
      <Said text={basesInWords[basisOf[code]]} />
    </p>
    <p>
      {code === 'take-part' ? (
        <a href="/my/leaving">
          <Said text="Leave the service" />
        </a>
      ) : (
        <a href={`/my/agreements/${code}`}>
          <Said text="Change" />
          <span className="nhsuk-u-visually-hidden">
            : <Said text={switches[code].label} />
          </span>
        </a>
      )}
    </p>
  </Card>
)

const YesOrNo = ({ answer }: Pick<Row, 'answer'>) => {
  const say = useSay()
  if (!answer) return <Tag colour="grey">{say('Not asked yet')}</Tag>
  return answer.given ? <Tag colour="green">{say('Yes')}</Tag> : <Tag colour="orange">{say('No')}</Tag>
}

const HowMuch = ({ allows }: { allows: string }) => {
  const say = useSay()
  const label = Object.entries(allowances).find(([code]) => code === allows)?.[1].label ?? allows
  return <p>{say('How much: {what}', { what: say(label) })}</p>
}

function Since({ answer, wording }: Pick<Row, 'answer' | 'wording'>) {
  const say = useSay()
  if (!answer) return say('Nobody has asked you yet. Until you say yes, we do not do it.')
  const { wording_version: version, at } = answer
  const day = say.day(dayOf(at))
  if (version === null) return say('You answered on {day}.', { day })
  const answered = say('You answered on {day}, to version {version} of these words.', { day, version })
  return version < wording.version
    ? `${answered} ${say('The words above are newer. Read them, and answer again if you want to.')}`
    : answered
}

type ChangeProps = FormState &
  Omit<Row, 'code'> &
  Readonly<{ code: Exclude<Switch, 'take-part'>; form: string; stop: string }>

/** Changing one answer, with what follows from it. */
export const ChangeAnswer = ({ code, wording, answer, named, form, stop, problems, typed }: ChangeProps) => {
  const say = useSay()
  const howMuch = (
    <RadiosFrom name="allows" label="How much may be told?" list={allowances} value={allowanceOf(answer)} />
  )
  return (
    <Page title={switches[code].label} back={{ href: '/my/agreements', label: 'What I agreed to' }} problems={problems}>
      <Inset>
        <p className="ww-words">
          <AreaWords text={wording.text} />
        </p>
      </Inset>
      <p>
        <strong>{say('If you say no:')}</strong> {say(afterNo[code])}
      </p>
      <Form action={`/my/agreements/${code}`} problems={problems} typed={typed} fields={{ form }}>
        <RadiosFrom
          name="given"
          label="Do you agree?"
          list={yesOrNo}
          value={answer && (answer.given ? 'yes' : 'no')}
          reveal={isTellable(code) ? { yes: howMuch } : {}}
        />
        <Button>Save</Button>
      </Form>
      {named.map(({ id, recipient }) => (
        <Card key={id} heading={recipient}>
          <p>
            <Said text="You said that they may be told." />
          </p>
          <ButtonForm action={`/my/agreements/${code}/stop`} fields={{ form: stop, answer: id }} secondary>
            Stop telling them
          </ButtonForm>
        </Card>
      ))}
    </Page>
  )
}

function allowanceOf(answer: Answer | undefined): Allowance | undefined {
  // Checked: the keys of the code list are its codes.
  const codes = Object.keys(allowances) as Allowance[]
  return answer?.given ? codes.find((code) => code === answer.allows) : undefined
}
