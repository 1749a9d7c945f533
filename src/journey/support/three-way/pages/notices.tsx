import type { Typed } from '#platform/form/rules.ts'
import { LinkButton } from '#platform/html/buttons.tsx'
import { NotKept, WarningCallout } from '#platform/html/content.tsx'
import type { Proposal } from '#journey/support/three-way/rules.ts'

type About = Readonly<{
  proposal: Proposal
  whose: Readonly<{ episode: string; person: Readonly<{ id: string; name: string }> }>
  /** What is different from what was put to them. */
  changes: readonly string[]
  mayEdit: boolean
  typed: Typed
}>

/** That the person has died, so that nothing more goes to anybody and nobody is to be asked. */
export const HasDied = ({ whose, proposal, typed, died }: About & Readonly<{ died: string }>) => (
  <>
    <WarningCallout heading={`${whose.person.name} ${died}`}>
      <p>
        Nothing more goes to {proposal.contact}.
        {proposal.sentAt === null ? '' : ' A link that they were sent does not open any more.'}
        {proposal.closedAt === null ? ' There is nothing left to do here but to close it.' : ''}
      </p>
    </WarningCallout>
    <NotSaved typed={typed} />
  </>
)

/** That they may not be told all of it any more, and why. */
export const Unsaid = ({ whose, why, typed }: About & Readonly<{ why: string }>) => (
  <>
    <WarningCallout heading="They may not be told this any more">
      <p>
        {why}. Nothing more goes to them, and there is nothing to agree to.{' '}
        <a href={`/people/${whose.person.id}/employer`}>Ask the person what may be said</a>, or close it.
      </p>
    </WarningCallout>
    <NotSaved typed={typed} />
  </>
)

const NotSaved = ({ typed }: Pick<About, 'typed'>) =>
  typed['note'] ? <NotKept words={[typed['note']].flat()} /> : null

/** What has changed since it was put to them, and that the new text is to be put to all three. */
export const Changed = ({ proposal, changes, whose, mayEdit }: About) => (
  <WarningCallout heading="Something has changed since">
    <ul className="nhsuk-list nhsuk-list--bullet">
      {changes.map((change) => (
        <li key={change}>{change}</li>
      ))}
    </ul>
    <p>What was agreed before does not cover it. Put the new text to all three.</p>
    {mayEdit ? (
      <p>
        <LinkButton href={`/episodes/${whose.episode}/three-way/new?from=${proposal.id}`}>
          Put the new text to them
        </LinkButton>
      </p>
    ) : null}
  </WarningCallout>
)
