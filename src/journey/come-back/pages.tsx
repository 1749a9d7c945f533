import { Card } from '#platform/html/content.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import { nearYou } from '#registers/near-you/rules.ts'
import type { NextWords } from './rules.ts'

type NextProps = NextWords & Readonly<{ reference: string; elsewhere: boolean }>

/** Where somebody's request stands and what happens next. */
export function WhatHappensNext({ reference, now, next, by, elsewhere }: NextProps) {
  const say = useSay()
  return (
    <Page title="What happens next" caption={say('Your reference is {reference}', { reference })}>
      <Card tone="accent" heading={now}>
        <p>{by ? say(next, { by: say.day(by) }) : say(next)}</p>
      </Card>
      {elsewhere ? <Elsewhere /> : null}
      <Ring reference={reference} />
      <p>{say('You can use this link again. Keep it to yourself: whoever has it sees this page.')}</p>
    </Page>
  )
}

const Elsewhere = () => {
  const { area } = useShell()
  return area ? (
    <p>
      <a href={nearYou(area.code)}>
        <Said text="See what support there is near you" />
      </a>
    </p>
  ) : null
}

const Ring = ({ reference }: { reference: string }) => {
  const { area } = useShell()
  if (!area?.phone) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">
        <Said text="Ring us" />
      </h2>
      <p>
        <Said
          text="{area}: {phone}. Say your reference, {reference}."
          with={{ area: area.name, phone: <PhoneLink number={area.phone} />, reference }}
        />
      </p>
    </>
  )
}
