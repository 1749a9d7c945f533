import type { Typed } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Card } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Form } from '#platform/html/form.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import { mostWords } from '#journey/message/rules.ts'
import type { OwnCoach } from '#journey/participant/rules.ts'

/** Who looks after them, and where they can be rung. */
export function YourCoach({ coach }: { coach: OwnCoach | undefined }) {
  const say = useSay()
  const { area } = useShell()
  const phone = coach?.phone ?? area?.phone
  if (!coach && !phone) return null
  return (
    <Card heading={coach ? 'Your coach' : 'Talk to us'} picture={coach ? 'person' : 'phone'}>
      {coach ? <p className="ww-own-when">{coach.name}</p> : null}
      {phone ? (
        <p>
          <Said text="Call {phone}." with={{ phone: <PhoneLink number={phone} /> }} />
        </p>
      ) : null}
      <p>{say('Everything on these pages can also be done by phone.')}</p>
    </Card>
  )
}

/** What a message is sent by, with what was typed and not sent. */
export type Box = Readonly<{ id: string; typed: Typed }>

/** Writing to their coach without going anywhere else first. */
export const WriteToCoach = ({ id, typed }: Box) => (
  <Card heading="Write to your coach">
    <Form action="/my/messages" typed={typed} fields={{ id }} draft>
      <TextArea
        name="words"
        label="Your message"
        hint="Your coach reads it on a working day. If you need help now, do not wait for an answer."
        rows={3}
        maximum={mostWords}
      />
      <Button secondary>Send</Button>
    </Form>
  </Card>
)
