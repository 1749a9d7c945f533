import { relative } from 'node:path'
import type { Plugin } from 'vitest/config'

/** One question on which something rests, and the answer that stands in its place while it is not asked. */
type Question = Readonly<{ call: string; yes: string; in?: readonly string[] }>

// A yes that nobody gave: it names an answer of somebody else, or a ground that would do.
const allowed = (more: string) => `({ allowed: true, ${more} })`
const later = (answer: string) => `Promise.resolve(${answer})`
const yesOfAnother = allowed('by: globalThis.planting.by, facts: null')

/** Every question that decides who learns of a person: who reads them asks the first in the query itself. */
const questions: readonly Question[] = [
  { call: 'mayReachPerson', yes: 'globalThis.planting.yes' },
  { call: 'isAboutPeople', yes: 'globalThis.planting.yes', in: ['src/platform/export/commands.ts'] },
  { call: 'mayDisclose', yes: later(yesOfAnother) },
  { call: 'disclosure', yes: yesOfAnother },
  { call: 'mayLeave', yes: later(allowed(`under: 'asked-for'`)) },
  { call: 'mayStillHear', yes: later(allowed('')) },
  { call: 'mayContact', yes: later(allowed('')) },
  { call: 'mayOpenThreeWay', yes: 'Promise.resolve(true)' },
  { call: 'isGround', yes: 'true' },
  { call: 'isStillAllowed', yes: later(allowed(`under: 'employer'`)) },
]

// Asked in a query, about people.
const ofPeople = ['mayReachPerson', 'isAboutPeople']

/** Lets a proof take away one question that decides who learns of a person, and see what that gives away. */
export function plantedChecks(): Plugin {
  return {
    name: 'planted-checks',
    enforce: 'pre',
    transform(code, id) {
      const file = relative(process.cwd(), id.split('?')[0] ?? id)
      if (!file.startsWith('src/')) return undefined
      const planted = questions.reduce((made, question) => plant(made, file, question), code)
      return planted === code ? undefined : { code: planted, map: null }
    },
  }
}

/** The places of a file where it is asked of people whom an actor may reach. */
export function asksOfPeople(code: string, file: string): string[] {
  return [...code.matchAll(calls('mayReachPerson'))].map((_found, nth) => placeOf(file, 'mayReachPerson', nth + 1))
}

/** The places of a file where it is asked whether somebody may be told. */
export function asksToTell(code: string, file: string): string[] {
  return questions
    .filter(({ call, in: only }) => !ofPeople.includes(call) && (!only || only.includes(file)))
    .flatMap(({ call }) => [...code.matchAll(calls(call))].map((_found, nth) => placeOf(file, call, nth + 1)))
}

const calls = (call: string) => new RegExp(`(?<!function |[\\w.])${call}\\(`, 'g')

function plant(code: string, file: string, question: Question): string {
  if (question.in && !question.in.includes(file)) return code
  let made = ''
  let from = 0
  let asked = 0
  for (const { index, 0: call } of code.matchAll(calls(question.call))) {
    const end = closing(code, index + call.length)
    asked += 1
    const place = JSON.stringify(placeOf(file, question.call, asked))
    made += `${code.slice(from, index)}(globalThis.planting.ask(${place}) ? ${code.slice(index, end)} : ${question.yes})`
    from = end
  }
  return made + code.slice(from)
}

const placeOf = (file: string, call: string, asked: number) =>
  ofPeople.includes(call) ? `${file} (${asked})` : `${file} ${call} (${asked})`

function closing(code: string, from: number): number {
  let open = 1
  let at = from
  while (open > 0) {
    if (code[at] === '(') open += 1
    if (code[at] === ')') open -= 1
    at += 1
  }
  return at
}
