import { Card } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import type { Shown } from '#journey/request/rules.ts'

export type Seen = Readonly<{ askedBy: string; areaName: string; asks: string; shared: readonly Shown[] }>

/** What a recipient reads: who asks, what is asked, and exactly what is shared. The same for whoever asks, before it goes. */
export function WhatIsAsked({ askedBy, areaName, asks, shared }: Seen) {
  const say = useSay()
  return (
    <>
      <p>
        <Said text="{name} of {area} asks you:" with={{ name: <strong>{askedBy}</strong>, area: areaName }} />
      </p>
      <Card tone="accent">
        {asks.split(/\n{2,}/).map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </Card>
      <h2 className="nhsuk-heading-m">
        <Said text="What we share with you" />
      </h2>
      <SummaryList rows={shared.map(({ label, value }) => ({ label: say(label), value }))} />
      <p>
        <Said text="The person has agreed that you are told this, and only this. Use it to answer, and for nothing else." />
      </p>
    </>
  )
}
