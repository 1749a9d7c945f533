import { Page } from '#platform/html/page.tsx'
import { PrintLink } from '#platform/html/content.tsx'
import { Handout } from '#platform/html/handout.tsx'
import { AsTyped, Said, useSay } from '#platform/html/say.tsx'
import { adjustmentKinds } from '#journey/support/adjustments/rules.ts'
import type { Line, Passport } from '#journey/support/passport/rules.ts'

export type Shown = Passport & Readonly<{ name: string; introduction: string | null; version: number }>

/** What a passport says: what the person wrote, and the adjustments that are in place or agreed. */
export const Sheet = ({ passport: { introduction, inPlace, agreed } }: Readonly<{ passport: Shown }>) => (
  <>
    {introduction === null ? null : (
      <section aria-labelledby="own-words">
        <h2 className="nhsuk-heading-m" id="own-words">
          <Said text="In my words" />
        </h2>
        {introduction.split(/\n+/).map((line, place) => (
          <p key={place} dir="auto">
            {line}
          </p>
        ))}
      </section>
    )}
    <Part heading="In place" id="in-place" lines={inPlace} since="Since {day}" />
    <Part heading="Agreed, and still to come" id="agreed" lines={agreed} since="Agreed on {day}" />
  </>
)

type PartProps = Readonly<{ heading: string; id: string; lines: readonly Line[]; since: string }>

function Part({ heading, id, lines, since }: PartProps) {
  const say = useSay()
  if (lines.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h2 className="nhsuk-heading-m" id={id}>
        {say(heading)}
      </h2>
      <dl className="nhsuk-summary-list">
        {lines.map((line) => (
          <div key={line.id} className="nhsuk-summary-list__row">
            <dt className="nhsuk-summary-list__key">{say(adjustmentKinds[line.kind].label)}</dt>
            <dd className="nhsuk-summary-list__value">
              <AsTyped>{line.what}</AsTyped>
              <br />
              <span className="nhsuk-hint">{say(since, { day: say.day(line.since) })}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Whether there is anything in it yet. */
export const isEmpty = ({ introduction, inPlace, agreed }: Shown): boolean =>
  introduction === null && inPlace.length === 0 && agreed.length === 0

/** A passport as whoever was given the link reads it: the sheet and nothing else. */
export const PassportByLink = ({ passport }: Readonly<{ passport: Shown }>) => (
  <Page
    title="Adjustment passport"
    caption={passport.name}
    lede="What lets this person do their job well. They shared this page themselves."
    actions={<PrintLink />}
  >
    <Sheet passport={passport} />
    {isEmpty(passport) ? (
      <p>
        <Said text="There is nothing in it now." />
      </p>
    ) : null}
    <p>
      <Said text="It says nothing about their health unless they wrote it. Please ask them, and nobody else, if you want to know more." />
    </p>
  </Page>
)

type ForStaffProps = Readonly<{ episode: string; passport: Shown }>

/** A passport for a member of the team who prints it for the person. */
export const PassportToPrint = ({ episode, passport }: ForStaffProps) => (
  <Handout>
    <Page
      title="Adjustment passport"
      caption={passport.name}
      back={{ href: `/episodes/${episode}/adjustments`, label: 'Back to the adjustments' }}
      actions={<PrintLink />}
      width="reading"
    >
      <p className="ww-screen-only nhsuk-hint">
        It belongs to the person: give it to them, and to nobody else. They write its introduction and share it
        themselves, in their own pages.
      </p>
      <Sheet passport={passport} />
      {isEmpty(passport) ? <p>There is nothing in it yet: no adjustment is agreed or in place.</p> : null}
    </Page>
  </Handout>
)
