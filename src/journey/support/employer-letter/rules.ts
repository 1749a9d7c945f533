import { linesOf } from '#platform/notify/rules.ts'
import type { Template } from '#registers/templates/rules.ts'
import { letterKind } from '#journey/support/three-way/rules.ts'

/** Within how many days an employer is asked to answer a letter: the post takes its time. Our own assumption. */
export const answerDays = 14

/** What a letter to an employer says; what is asked of them and the form for their answer follow on the same sheets. */
export const letterTemplate: Template = {
  ...{ code: 'employer-letter', kind: letterKind, title: 'A letter to an employer, on paper' },
  when: 'When a coach posts it or hands it over. Below these words it says what is asked, and has a form for the answer.',
  ...{ to: 'outside', languages: ['en'], formats: ['letter'] },
  places: {
    area: { label: 'The name of your service', example: 'North' },
    phone: { label: 'The phone number of your service', example: '01632 960001' },
    day: {
      label: 'The day by which they are asked to answer',
      example: Temporal.PlainDate.from('2026-03-03'),
      needed: 'they do not know until when to answer',
    },
  },
  own: {
    subject: 'Changes at work: a question for you',
    body: [
      '{area} supports people in their work. Somebody who works with you has agreed that we ask you about changes that would help them at work.',
      'This letter says what they have agreed that you are told, and only this. Please use it to answer, and for nothing else. Taking part is their choice, and they can change their mind at any time.',
      'Please tell us by {day} what you can do. There is a form for your answer with this letter. You can also ring us on {phone}.',
    ].join('\n\n'),
  },
}

type Addressee = Readonly<{ contact: string; organisation: string; postal: string | null }>

/** Who stands on the envelope, and where it goes, line by line: a name that the address begins with stands there once. */
export function linesTo({ contact, organisation, postal }: Addressee): string[] {
  const lines = linesOf(postal ?? '')
  const said = lines.map((line) => line.toLowerCase())
  return [...[contact, organisation].filter((name) => !said.includes(name.toLowerCase())), ...lines]
}
