import { startOfDay } from '#platform/dates.ts'
import type { Problem } from '#platform/form/rules.ts'
import { callingPlace, type Template } from '#registers/templates/rules.ts'
import type { Help } from '#journey/witness/rules.ts'

/** What the message is called that asks somebody whether they got help. */
export const helpKind = 'help.asked'

/** The code of links by which somebody says whether they got help. */
export const helpLink = 'help'

// For how many days somebody can still be asked, from the day on which it was time: our own default, no source gives one.
const stillAskedDays = 42

/** For how many days somebody may answer by the link they were sent; our own default, as for a plan. */
export const helpLinkDays = 28

/** From which moment on, and before which, it came to stand where it does, so that somebody is asked today, so many days later. */
export function askedBetween(today: Temporal.PlainDate, askAfterDays: number) {
  return {
    from: startOfDay(today.subtract({ days: askAfterDays + stillAskedDays })),
    before: startOfDay(today.subtract({ days: askAfterDays - 1 })),
  }
}

type Said = Readonly<{ answer: Help; note: string | null }>

/** What is missing in what somebody says. */
export function problemsWithHelp({ answer, note }: Said): Problem[] {
  return answer === 'other' && note === null
    ? [{ field: 'note', message: 'Write in your own words how it went, or choose another answer' }]
    : []
}

/** Asks somebody whether they got help: not which, and not from whom. */
export const helpTemplate: Template = {
  ...{ code: 'help-asked', kind: helpKind, title: 'Did they get help?' },
  when: 'Some days after they were told of a service, it said yes or it started (14 unless the settings of the area say otherwise), once for each, if they have not said anything since.',
  ...{ to: 'person', formats: ['text', 'email'] },
  places: {
    area: callingPlace,
    link: {
      label: 'The link by which they answer',
      example: 'https://example.org/l/north.3xKf9QmW2vRtYbNc7HsLpZ',
      needed: 'nobody can answer without the link',
    },
    day: {
      label: 'The day until which they can answer',
      example: Temporal.PlainDate.from('2026-03-03'),
      needed: 'the link stops on that day',
    },
    phone: { label: 'The phone number of your service', example: '01632 960001' },
  },
  own: {
    subject: 'How is it going?',
    body: 'Hello, this is {area}. We would like to know how something is going. It is one question: {link} You can use the link until {day}. If you would rather talk, ring {phone}.',
  },
}
