import { Card } from '#platform/html/content.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Page } from '#platform/html/page.tsx'
import { useShell } from '#platform/html/shell.tsx'
import type { NextWords } from './rules.ts'

/** Where somebody's request stands and what happens next. */
export const WhatHappensNext = ({ reference, now, next }: NextWords & { reference: string }) => (
  <Page title="What happens next" caption={`Your reference is ${reference}`}>
    <Card tone="accent" heading={now}>
      <p>{next}</p>
    </Card>
    <Ring reference={reference} />
    <p>You can use this link again. Keep it to yourself: whoever has it sees this page.</p>
  </Page>
)

const Ring = ({ reference }: { reference: string }) => {
  const { area } = useShell()
  if (!area?.phone) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">Ring us</h2>
      <p>
        {area.name}: <PhoneLink number={area.phone} />. Say your reference, {reference}.
      </p>
    </>
  )
}
