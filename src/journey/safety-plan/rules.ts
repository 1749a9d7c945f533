import type { Problem } from '#platform/form/rules.ts'

/**
 * The parts of a safety plan, in the order in which they are talked through: the structure that is well known from suicide
 * prevention, in our own words. It is made with the person and never scores them (NICE guideline NG225).
 */
export const planParts = {
  signs: {
    label: 'How I notice that it is getting hard',
    hint: 'Thoughts, feelings, what my body does, what happens before',
  },
  helps: { label: 'What I can do by myself', hint: 'What has helped before, even for a short while' },
  places: {
    label: 'Where I can go, and with whom, to think of something else',
    hint: 'People and places that do me good',
  },
  people: { label: 'Whom I can ask for help', hint: 'Family and friends, with their numbers' },
  professionals: {
    label: 'Which professionals I can ring',
    hint: 'GP, crisis team, Samaritans on 116 123, NHS 111 option 2',
  },
  safer: { label: 'How we make where I am safer', hint: 'What I could hurt myself with, and who keeps it for now' },
  reasons: { label: 'What I live for', hint: 'People, animals, plans, small things' },
} as const

export type PlanPart = keyof typeof planParts

export type PlanWords = Readonly<Record<PlanPart, string | null>>

// Checked: the keys of the list are its codes.
export const partCodes = Object.keys(planParts) as PlanPart[]

/** The parts of a plan that hold something, in their order. */
export function filledParts(words: PlanWords) {
  return partCodes.flatMap((part) => (words[part] === null ? [] : [{ part, text: words[part] }]))
}

/** A plan on which nothing is written is none. */
export function planProblems(words: PlanWords): Problem[] {
  return filledParts(words).length > 0 ? [] : [{ field: 'signs', message: 'Write down at least one part of the plan' }]
}
