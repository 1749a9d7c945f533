import { longDay } from '#platform/dates.ts'
import { Inset, Tag } from '#platform/html/content.tsx'
import { hidden } from '#programme/masking/rules.ts'
import { completenessOf, type MonthState } from '#programme/monitoring/rules.ts'
import type { Release } from '#programme/release/rules.ts'

type StateProps = Readonly<{ state: MonthState; release: Release; month: string; unfinished: boolean }>

/** Where the figures come from, whether they are signed, and whether they have changed since. */
export const State = ({ state, release, month, unfinished }: StateProps) => {
  const { shows, signed, both, changed, asBefore, openQuestions, reads } = state
  return (
    <Inset>
      {unfinished ? <p>This month is not over: its numbers still grow.</p> : null}
      <p>
        {signed
          ? `Signed by ${signed.by} on ${longDay(signed.on)}, version ${signed.version}. `
          : unfinished
            ? ''
            : 'Not signed yet. '}
        {shows === 'live' && signed ? 'These are the numbers of the record now. ' : null}
        {shows === 'signed' ? 'These are the numbers as they were signed. ' : null}
        {changed ? <Tag colour="orange">Changed since signed</Tag> : null}
      </p>
      <p>
        {completeInWords(completenessOf(release))} <a href="#recorded">What is recorded and what is not</a>
      </p>
      {release.below > 1 ? (
        <p>
          {hidden} stands for 1 to {release.below - 1}, or for a number that would give a hidden one away.
        </p>
      ) : null}
      {asBefore.length > 0 ? (
        <p>
          Corrected since by fewer people than are shown outside the area, and so left as first released:{' '}
          {asBefore.join(', ')}.
        </p>
      ) : null}
      {reads ? (
        <p>
          <a href={`/monitoring/return?month=${month}`}>{returnInWords(openQuestions)}</a>
          {signed && both ? <Other shows={shows} month={month} /> : null}
        </p>
      ) : null}
    </Inset>
  )
}

const Other = ({ shows, month }: { shows: MonthState['shows']; month: string }) =>
  shows === 'live' ? (
    <>
      {' · '}
      <a href={`/monitoring?month=${month}&as=signed`}>Show it as it was signed</a>
    </>
  ) : (
    <>
      {' · '}
      <a href={`/monitoring?month=${month}`}>Show what the record says now</a>
    </>
  )

function returnInWords(open: number): string {
  if (open === 0) return 'Signatures and questions'
  return open === 1
    ? 'Signatures and questions: 1 waits for an answer'
    : `Signatures and questions: ${open} wait for an answer`
}

function completeInWords({ asked, whole, hidden: untold }: ReturnType<typeof completenessOf>): string {
  const all = `${whole} of ${asked} breakdowns are recorded for everybody.`
  return untold > 0 ? `${all} Of ${untold} it is hidden how many.` : all
}
