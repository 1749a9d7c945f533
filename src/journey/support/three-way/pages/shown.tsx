import { inWords } from '#platform/dates.ts'
import { ButtonForm, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Card } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { pointsOf, type Proposal } from '#journey/support/three-way/rules.ts'

type ShownProps = Readonly<{ proposal: Proposal; letterAt: Temporal.Instant | undefined; now: Temporal.Instant }>

/** What somebody at work sees of a proposal, and who put it to them. */
export const WhatWasShown = ({ proposal, letterAt, now }: ShownProps) => (
  <Card heading="What they see" tone="quiet">
    <SummaryList
      rows={[
        { label: 'To', value: [proposal.contact, proposal.organisation, proposal.address].filter(Boolean).join(', ') },
        { label: 'Question', value: proposal.asks },
        ...pointsOf(proposal).map(({ label }, index) => ({ label: `Asked for (${index + 1})`, value: label })),
        ...proposal.shared.map(({ value }, index) => ({ label: `Shown (${index + 1})`, value })),
        {
          label: 'Put to them by',
          value: `${proposal.askedBy ?? 'A member who has left'}, ${inWords(proposal.at, now)}`,
        },
        ...(letterAt ? [{ label: 'By letter', value: `Went to them ${inWords(letterAt, now)}` }] : []),
      ]}
    />
  </Card>
)

type DoingProps = Readonly<{ proposal: Proposal; changes: readonly string[]; died: string | undefined }>

/**
 * What may be done with a proposal that is open; where something of it has changed, it goes to nobody any more, and where
 * the person has died it is only closed.
 */
export const Doing = ({ proposal, changes, died }: DoingProps) => (
  <ButtonGroup>
    {died ? null : <Going {...{ proposal, changes }} />}
    <ButtonForm action={`/three-way/${proposal.id}/closing`} secondary>
      Close it
    </ButtonForm>
  </ButtonGroup>
)

const Going = ({ proposal: { id, address, sentAt }, changes }: Omit<DoingProps, 'died'>) => (
  <>
    <LinkButton href={`/three-way/${id}/answer`} secondary>
      Write down what they answered
    </LinkButton>
    {sentAt === null ? <LinkButton href={`/three-way/${id}/preview`}>See it and send it</LinkButton> : null}
    {changes.length === 0 ? (
      <LinkButton href={`/three-way/${id}/letter`} secondary>
        {sentAt === null ? 'Send it as a letter' : 'Print a letter to them'}
      </LinkButton>
    ) : null}
    {changes.length === 0 && sentAt !== null && address !== null ? (
      <ButtonForm action={`/three-way/${id}/sending`} secondary>
        Send a new link
      </ButtonForm>
    ) : null}
  </>
)
