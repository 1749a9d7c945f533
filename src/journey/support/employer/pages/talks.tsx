import { dayInWords } from '#platform/dates.ts'
import { ButtonForm } from '#platform/html/buttons.tsx'
import { Timeline } from '#platform/html/lists.tsx'
import { timeInWords } from '#journey/support/log/rules.ts'
import { type TalkKind, talkKinds, workplaceInWords } from '#journey/support/employer/rules.ts'

export type Talk = Readonly<{
  id: string
  kind: TalkKind
  minutes: number
  on: Temporal.PlainDate
  note: string
  takenBack: boolean
  by: string | null
  organisation: string
  contact: string
}>

type TalksProps = Readonly<{
  talks: readonly Talk[]
  person: Readonly<{ id: string; mayEdit: boolean }>
  today: Temporal.PlainDate
}>

/** Every talk with somebody's employers, the newest first. */
export const Talks = ({ talks, person, today }: TalksProps) => (
  <Timeline
    empty="Calls, visits, letters and meetings with the employer appear here, with the time they took."
    happenings={talks.map((talk) => ({
      key: talk.id,
      what: `${talkKinds[talk.kind].label}: ${workplaceInWords(talk)}`,
      when: `${dayInWords(talk.on, today)}, ${timeInWords(talk.minutes)}`,
      moment: talk.on.toString(),
      by: talk.by ?? undefined,
      text: <p>{talk.note}</p>,
      tag: talk.takenBack ? ({ label: 'Taken back', colour: 'grey' } as const) : undefined,
      actions:
        person.mayEdit && !talk.takenBack ? (
          <ButtonForm
            action={`/people/${person.id}/employer/talks/${talk.id}/withdrawal`}
            asLink
            context={`${talkKinds[talk.kind].label} ${dayInWords(talk.on, today)}`}
          >
            Take back
          </ButtonForm>
        ) : undefined,
    }))}
  />
)
