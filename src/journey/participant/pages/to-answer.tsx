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
