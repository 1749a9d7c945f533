import { inWords } from '#platform/dates.ts'
import { ButtonForm } from '#platform/html/buttons.tsx'
import { Card, Tag } from '#platform/html/content.tsx'
import { type Because, reasons, toldAs, type ToldAs } from '#journey/alert/rules.ts'

type Told = Readonly<{ id: string; at: Temporal.Instant; name: string | null }> &
  Readonly<{ as?: ToldAs; because?: Because; by?: string | null }>

/** Who has a concern, and who was told and when. */
export type AlertShown = Readonly<{
  owner: string | null
  heardAt: Temporal.Instant | null
  open: boolean
  /** When the next one is told; null where it is closed, or came with a file and nobody has it yet. */
  nextAt: Temporal.Instant | null
  told: readonly Told[]
  /** Whether the reader is the one who has it and has said so. */
  mine: boolean
}>

type CardProps = AlertShown & Readonly<{ concern: string; mayEdit: boolean; now: Temporal.Instant }>

/** Who has it: said by them, handed on, or told to the next one by the clock. */
export const AlertCard = ({ concern, mayEdit, now, ...alert }: CardProps) => {
  const { owner, heardAt, open, nextAt, told, mine } = alert
  if (!open && told.length === 0) return null
  return (
    <Card
      heading={owner === null ? 'With nobody' : `With ${owner}`}
      tone={open && heardAt === null ? 'alert' : 'plain'}
      tag={open ? <Answered heardAt={heardAt} /> : undefined}
    >
      {open && heardAt === null ? <p>{whatFollows(nextAt, now)}</p> : null}
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

function whatFollows(nextAt: Temporal.Instant | null, now: Temporal.Instant): string {
  return nextAt === null
    ? 'It was brought in from an earlier system and nobody has it. Nobody is told of it by the clock until somebody does.'
    : `Unless somebody says that they have it, the next one is told ${inWords(nextAt, now)}.`
}

const Answered = ({ heardAt }: Pick<AlertShown, 'heardAt'>) =>
  heardAt === null ? <Tag colour="red">Not answered yet</Tag> : <Tag colour="green">Said they have it</Tag>

function toldInWords({ name, as, because, by }: Told): string {
  const who = name ?? 'Somebody who has left'
  if (!as || !because) return `${who} said that they have it`
  const handed = by ? `, by ${by}` : ''
  return `${who} was told as ${toldAs[as].label.toLowerCase()}, ${reasons[because].label}${handed}`
}
