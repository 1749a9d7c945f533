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
  /** When the next one is told; null where the concern is closed, and undefined where nobody was ever told. */
  nextAt: Temporal.Instant | null | undefined
  told: readonly Told[]
  /** Whether the reader is the one who has it and has said so. */
  mine: boolean
}>

type CardProps = AlertShown & Readonly<{ concern: string; mayEdit: boolean; now: Temporal.Instant }>

/** Who has it: said by them, handed on, or told to the next one by the clock. */
export const AlertCard = ({ concern, mayEdit, now, ...alert }: CardProps) => {
  if (alert.nextAt === undefined) return null
  const { owner, heardAt, nextAt, told, mine } = alert
  const open = nextAt !== null
  return (
    <Card
      heading={owner === null ? 'With nobody' : `With ${owner}`}
      tone={open && heardAt === null ? 'alert' : 'plain'}
      tag={open ? <Answered heardAt={heardAt} /> : undefined}
    >
      {open && heardAt === null ? (
        <p>Unless somebody says that they have it, the next one is told {inWords(nextAt, now)}.</p>
      ) : null}
      {open && mayEdit && !(mine && heardAt !== null) ? (
        <ButtonForm action={`/concerns/${concern}/taking`} small>
          I have this
        </ButtonForm>
      ) : null}
      <h3 className="nhsuk-heading-s">Who was told</h3>
      <ol className="ww-timeline">
        {told.map((one) => (
          <li key={one.id} className="ww-timeline__item">
            <p className="ww-timeline__what">{toldInWords(one)}</p>
            <p className="ww-timeline__when">{inWords(one.at, now)}</p>
          </li>
        ))}
      </ol>
      {open && mayEdit ? (
        <p>
          <a href={`/concerns/${concern}/owner`}>Hand it to somebody else</a>
        </p>
      ) : null}
    </Card>
  )
}

const Answered = ({ heardAt }: Pick<AlertShown, 'heardAt'>) =>
  heardAt === null ? <Tag colour="red">Not answered yet</Tag> : <Tag colour="green">Said they have it</Tag>

function toldInWords({ name, as, because, by }: Told): string {
  const who = name ?? 'Somebody who has left'
  if (!as || !because) return `${who} said that they have it`
  const handed = by ? `, by ${by}` : ''
  return `${who} was told as ${toldAs[as].label.toLowerCase()}, ${reasons[because].label}${handed}`
}
