import { LinkButton } from '#platform/html/buttons.tsx'
import { Card } from '#platform/html/content.tsx'
import { Said } from '#platform/html/say.tsx'

/** A service their coach would put them in touch with waits for their yes or no. */
export const ToAnswer = () => (
  <Card heading="A service could help you" tone="accent">
    <p>
      <Said text="Please read what it would be sent, and say yes or no." />
    </p>
    <LinkButton href="/my/services" secondary small>
      Read it and answer
    </LinkButton>
  </Card>
)

/** Their coach has written, and they have not read it. */
export const Written = () => (
  <Card heading="Your coach has written to you" tone="accent">
    <LinkButton href="/my/messages" secondary small>
      Read the message
    </LinkButton>
  </Card>
)

/** Something would be put to the team. */
export const ToRead = () => (
  <Card heading="Your coach would like to ask our team" tone="accent">
    <LinkButton href="/my/team" secondary small>
      Read it, or say no
    </LinkButton>
  </Card>
)

/** What they said is wrong on their record is answered. */
export const Answered = () => (
  <Card heading="We have answered what you told us about your record" tone="accent">
    <LinkButton href="/my/corrections" secondary small>
      Read the answer
    </LinkButton>
  </Card>
)
