import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup } from '#platform/html/buttons.tsx'
import { Inset } from '#platform/html/content.tsx'
import { DateField, TextArea } from '#platform/html/fields.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import { whatWithdrawingMeans } from '#journey/withdrawal/rules.ts'
import type { Way } from './own.tsx'

type ProveProps = FormState &
  Readonly<{ reference: string; receivedOn: Temporal.PlainDate; at: string; left: number | undefined }>

/** What is behind a link to a referral opens to whoever knows what they wrote in it: when the person was born. */
export function ProveIt({ reference, receivedOn, at, left, problems, typed }: ProveProps) {
  const say = useSay()
  return (
    <FormPage
      title="Your referral"
      onlyInEnglish
      caption={say('Reference {reference}', { reference })}
      lede={say('We received it on {day}.', { day: say.day(receivedOn) })}
      action={at}
      fields={{ do: 'see' }}
      problems={problems}
      typed={typed}
    >
      <p>
        <Said text="You can see what the person allows you to know, answer a question from the team, or take the referral back." />
      </p>
      {left === undefined ? null : (
        <Inset>
          <p>
            <Said
              text="You can try {left} more times. After that the link stops, and you can ring us for another."
              with={{ left }}
            />
          </p>
        </Inset>
      )}
      <DateField
        name="bornOn"
        label="When was the person you referred born?"
        hint="As you gave it, for example 27 3 1981. We ask so that nobody else can use this link."
      />
      <Button>Continue</Button>
    </FormPage>
  )
}

type WithdrawProps = FormState & Readonly<{ reference: string; withdraw: Way; back: Way }>

/** What it means to take a referral back, before it is done. */
export function TakeBackPage({ reference, withdraw, back, problems, typed }: WithdrawProps) {
  const say = useSay()
  return (
    <FormPage
      title="Take the referral back"
      onlyInEnglish
      caption={say('Reference {reference}', { reference })}
      action={withdraw.action}
      fields={{ ...withdraw.fields, do: 'withdraw' }}
      width="reading"
      problems={problems}
      typed={typed}
    >
      <ul className="nhsuk-list nhsuk-list--bullet">
        {whatWithdrawingMeans.map((line) => (
          <li key={line}>
            <Said text={line} />
          </li>
        ))}
      </ul>
      <TextArea
        name="note"
        label="Why? (optional)"
        hint="The team reads it, and the person may read it too."
        rows={3}
      />
      <ButtonGroup>
        <Button warning>Take it back</Button>
        <Button secondary name="do" value="see" action={back.action}>
          Leave it as it is
        </Button>
      </ButtonGroup>
    </FormPage>
  )
}

/** Whom to ring, with what to say. */
export function WhomToRing({ reference }: { reference: string }) {
  const { area } = useShell()
  if (!area?.phone) return null
  return (
    <p>
      <Said
        text="If you would rather talk, ring {area} on {phone} and say the reference, {reference}."
        with={{ area: area.name, phone: <PhoneLink number={area.phone} />, reference }}
      />
    </p>
  )
}
