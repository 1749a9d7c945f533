import { inWords } from '#platform/dates.ts'
import { ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Channel, channels, maskedAddress, type MessageState, messageStates } from '#platform/notify/rules.ts'

/** What can be done instead of a message that did not go out. */
export type Instead = 'email' | 'add' | 'gone' | 'nothing'

type UnsentProps = Readonly<{
  title: string
  person: string
  name: string
  message: Readonly<{
    id: string
    recipient: string
    channel: Channel
    address: string
    body: string
    writtenAt: Temporal.Instant
    state: MessageState
    reason: string | null
  }>
  instead: Instead
  /** Whether this reader may send it. */
  mayEdit: boolean
  now: Temporal.Instant
}>

/** A message to or about somebody, why it did not go out, and what can be done instead. */
export const UnsentPage = ({ title, person, name, message, instead, mayEdit, now }: UnsentProps) => (
  <Page title={title} caption={name} back={{ href: '/day', label: 'My day' }} width="reading">
    <SummaryList
      rows={[
        { label: 'To', value: toWhom(message, name) },
        { label: 'How', value: channels[message.channel].label },
        { label: 'Written', value: inWords(message.writtenAt, now) },
        {
          label: 'What became of it',
          value: (
            <Tag colour={message.state === 'sent' ? 'green' : message.state === 'waiting' ? 'blue' : 'orange'}>
              {messageStates[message.state].label}
            </Tag>
          ),
        },
        ...(message.reason === null ? [] : [{ label: 'Why', value: message.reason }]),
      ]}
    />
    {mayEdit ? <WhatInstead {...{ instead, person, id: message.id }} /> : null}
    <h2 className="nhsuk-heading-m">Text of the message</h2>
    <Inset>
      {message.body.split(/\n{2,}/).map((paragraph, index) => (
        <p key={index}>{paragraph}</p>
      ))}
    </Inset>
    <p>
      <a href={`/people/${person}`}>Open the record of {name}</a>
    </p>
  </Page>
)

// The person's own number or address stands on their record, and is hidden there where it has to be.
function toWhom({ recipient, channel, address }: UnsentProps['message'], name: string): string {
  return recipient === 'person' ? name : `Somebody else about them: ${maskedAddress(channel, address)}`
}

const WhatInstead = ({ instead, person, id }: Readonly<{ instead: Instead; person: string; id: string }>) => {
  if (instead === 'nothing') return null
  if (instead === 'gone') return <p>It goes another way instead. There is nothing to do.</p>
  return instead === 'email' ? (
    <>
      <p>The same words can go to the email address on their record that is safe and wanted.</p>
      <ButtonForm action={`/people/${person}/unsent/${id}/email`}>Send it by email</ButtonForm>
    </>
  ) : (
    <>
      <p>
        No email address on their record is safe and wanted. Add one that they agree to and come back here, or tell them
        yourself.
      </p>
      <p>
        <LinkButton href={`/people/${person}/details/means/new`}>Add another way</LinkButton>
      </p>
    </>
  )
}
