import { inWords } from '#platform/dates.ts'
import { ButtonForm } from '#platform/html/buttons.tsx'
import { Card, Tag } from '#platform/html/content.tsx'
import { type Because, reasons } from '#journey/alert/rules.ts'
import { type Next, toldAs, type ToldAs } from '#journey/watch/rules.ts'

type Told = Readonly<{ id: string; at: Temporal.Instant; name: string | null }> &
  Readonly<{ as?: ToldAs; because?: Because; by?: string | null }>

/** Who has a concern, and who was told and when. */
export type AlertShown = Readonly<{
  owner: string | null
  heardAt: Temporal.Instant | null
  open: boolean
  /** When the next one is told; null where it is closed, or came with a file and nobody has it yet. */
  nextAt: Temporal.Instant | null
  /** Who that is; nobody where nobody can be told. */
  next: (Pick<Next, 'as' | 'alone'> & Readonly<{ names: readonly string[] }>) | undefined
  told: readonly Told[]
  /** Whether the reader is the one who has it and has said so. */
  mine: boolean
}>

type CardProps = AlertShown & Readonly<{ concern: string; mayEdit: boolean; now: Temporal.Instant }>

/** Who has it: said by them, handed on, or told to the next one by the clock. */
export const AlertCard = ({ concern, mayEdit, now, ...alert }: CardProps) => {
  const { owner, heardAt, open, told, mine } = alert
  if (!open && told.length === 0) return null
  return (
    <Card
      heading={owner === null ? 'With nobody' : `With ${owner}`}
      tone={open && heardAt === null ? 'alert' : 'plain'}
      tag={open ? <Answered heardAt={heardAt} /> : undefined}
    >
      {open && heardAt === null ? <p>{whatFollows(alert, now)}</p> : null}
      {open && mayEdit && !(mine && heardAt !== null) ? (
        <ButtonForm action={`/concerns/${concern}/taking`} small>
          I have this
        </ButtonForm>
      ) : null}
      <WhoWasTold told={told} now={now} />
      {open && mayEdit ? (
        <p>
          <a href={`/concerns/${concern}/owner`}>Hand it to somebody else</a>
        </p>
      ) : null}
    </Card>
  )
}

const WhoWasTold = ({ told, now }: Pick<CardProps, 'told' | 'now'>) =>
  told.length === 0 ? null : (
    <>
      <h3 className="nhsuk-heading-s">Who was told</h3>
      <ol className="ww-timeline">
        {told.map((one) => (
          <li key={one.id} className="ww-timeline__item">
            <p className="ww-timeline__what">{toldInWords(one)}</p>
            <p className="ww-timeline__when">{inWords(one.at, now)}</p>
          </li>
        ))}
      </ol>
    </>
  )

function whatFollows({ nextAt, next }: Pick<AlertShown, 'nextAt' | 'next'>, now: Temporal.Instant): string {
  if (nextAt === null)
    return 'It was brought in from an earlier system and nobody has it. Nobody is told of it by the clock until somebody does.'
  const when = inWords(nextAt, now)
  if (!next)
    return `Nobody can be told: nobody who may open this record leads on duty or runs the service. Hand it to somebody. If nobody has it by then, we look again ${when} whom we can tell.`
  const who = `${new Intl.ListFormat('en-GB').format(next.names)} ${next.names.length === 1 ? 'is' : 'are'} told`
  return next.alone
    ? `There is nobody else to tell: unless somebody says that they have it, ${who} again ${when}.`
    : `Unless somebody says that they have it, ${who} ${when}, as ${toldAs[next.as].label.toLowerCase()}.`
}

const Answered = ({ heardAt }: Pick<AlertShown, 'heardAt'>) =>
  heardAt === null ? <Tag colour="red">Not answered yet</Tag> : <Tag colour="green">Said they have it</Tag>

function toldInWords({ name, as, because, by }: Told): string {
  const who = name ?? 'Somebody who has left'
  if (!as || !because) return `${who} said that they have it`
  if (because === 'handed-over') return `${who} was told, ${reasons[because].label}${by ? ` by ${by}` : ''}`
  return `${who} was told as ${toldAs[as].label.toLowerCase()}, ${reasons[because].label}`
}
