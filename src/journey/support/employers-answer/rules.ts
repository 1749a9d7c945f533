import type { Problem } from '#platform/form/rules.ts'
import type { Answer, AnswerCode, Point } from '#journey/support/three-way/rules.ts'

/** What somebody filled in for one of them, before it is looked at. */
export type Given = Readonly<{
  answer: AnswerCode | null
  from: Temporal.PlainDate | null
  instead: string | null
  why: string | null
}>

/** What is missing in what an employer filled in, each at its field. */
export function answerProblems(points: readonly Point[], given: (place: number) => Given): Problem[] {
  return points.flatMap(({ place, label }) => {
    const { answer, from, instead, why } = given(place)
    if (answer === null) return [{ field: `answer${place}`, message: `Select an answer to: ${label}` }]
    if (answer === 'agree' && from === null) return [{ field: `from${place}`, message: `Enter from when: ${label}` }]
    if (answer === 'suggest' && instead === null)
      return [{ field: `instead${place}`, message: `Enter what you suggest in place of: ${label}` }]
    return answer === 'cannot' && why === null
      ? [{ field: `why${place}`, message: `Enter why you cannot do: ${label}` }]
      : []
  })
}

/** The answers as they are kept: what belongs to another answer than the one that was chosen is left out. */
export function answersIn(points: readonly Point[], given: (place: number) => Given): Answer[] {
  return points.flatMap(({ place }) => {
    const { answer, from, instead, why } = given(place)
    if (answer === null) return []
    const words = { agree: null, suggest: instead, cannot: why }[answer]
    return [{ place, answer, fromOn: answer === 'agree' ? from : null, words }]
  })
}
