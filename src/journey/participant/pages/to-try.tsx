import { LinkButton } from '#platform/html/buttons.tsx'
import { Card } from '#platform/html/content.tsx'
import { Said } from '#platform/html/say.tsx'

/** They were asked whether they take part in a pilot, and have not answered. */
export const ToTry = ({ pilot }: Readonly<{ pilot: string }>) => (
  <Card heading="Trying something new" tone="accent">
    <p>
      <Said text="You are asked whether you want to try something new. It is your choice." />
    </p>
    <LinkButton href={`/my/pilots/${pilot}`} secondary small>
      Read it and answer
    </LinkButton>
  </Card>
)
