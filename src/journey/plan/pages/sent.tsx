import { longDay } from '#platform/dates.ts'
import { ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { Card, Tag } from '#platform/html/content.tsx'
import { type Sent, sentBy } from '#journey/plan/rules.ts'

/** Leads to sending the plan to its person, who agrees it by themselves. */
export const SendIt = ({ address }: Readonly<{ address: string }>) => (
  <p>
    <a href={`${address}/sending`}>Send it to them to agree by themselves</a>
  </p>
)

type SentProps = Readonly<{ address: string; sent: Sent; open: boolean }>

/** That the plan was sent to its person, what they said of it, and what can be done now. */
export const SentToThem = ({ address, sent, open }: SentProps) => (
  <Card heading="Sent to them to agree" tag={<Standing sent={sent} />} tone="quiet">
    <p>
      Sent to them on {longDay(sent.on)} {sentBy[sent.toldBy]}
      {sent.answer ? '.' : sent.open ? ', not answered yet.' : `. They could answer until ${longDay(sent.until)}.`}
      {sent.open ? ` They can answer until ${longDay(sent.until)}, and read the plan as it is then.` : ''}
    </p>
    {sent.answer ? <Said answer={sent.answer} /> : null}
    {open ? <Deeds {...{ address, sent }} /> : null}
  </Card>
)

const Standing = ({ sent: { answer, open } }: Pick<SentProps, 'sent'>) => {
  if (answer?.kind === 'talk') return <Tag colour="orange">Wants to talk first</Tag>
  if (answer) return <Tag colour="green">They agreed</Tag>
  return open ? <Tag colour="blue">Not answered yet</Tag> : <Tag colour="grey">Ran out</Tag>
}

const Said = ({ answer: { kind, on, words } }: Readonly<{ answer: NonNullable<Sent['answer']> }>) => (
  <>
    <p>
      On {longDay(on)} they said that they {kind === 'talk' ? 'want to talk about it first' : 'agree'}
      {words === null ? '.' : ', and wrote:'}
    </p>
    {words === null ? null : <p>“{words}”</p>}
  </>
)

const Deeds = ({ address, sent: { id, answer, open, isLast } }: Omit<SentProps, 'open'>) => (
  <div className="nhsuk-button-group">
    {answer && !answer.seen ? (
      <ButtonForm action={`/plan-offers/${id}/seen`} small>
        I have read it
      </ButtonForm>
    ) : null}
    {answer?.kind === 'agreed' || !isLast ? null : (
      <LinkButton href={`${address}/sending`} small secondary>
        Send it again
      </LinkButton>
    )}
    {open ? (
      <ButtonForm action={`/plan-offers/${id}/withdrawal`} small secondary context="the plan that was sent to them">
        Take it back
      </ButtonForm>
    ) : null}
  </div>
)
