import { rulesOn, type RuleSet, ruleSetOn } from '#journey/eligibility/rules.ts'
import { type Facts, type Finding, findingsOf, type Question, ruleNames } from '#journey/finding/rules.ts'

export const screened = {
  eligible: { label: 'Eligible', colour: 'green' },
  'not-eligible': { label: 'Not eligible', colour: 'red' },
  look: { label: 'Needs a look', colour: 'orange' },
} as const

export type Screened = keyof typeof screened

/** What the rules together answer. What is not known never refuses anybody: it asks. */
export function answerOf(findings: readonly Finding[]): Screened {
  if (findings.some(({ met }) => met === 'not-met')) return 'not-eligible'
  return findings.every(({ met }) => met === 'met') ? 'eligible' : 'look'
}

/** What the rules answer for somebody, and which rows of rules were asked. */
export type Screening = Readonly<{ answer: Screened; findings: readonly Finding[]; from: readonly string[] }>

/** The days that count: on which the rules hold, and on which somebody may have come of age meanwhile. */
export type Days = Readonly<{ rules: Temporal.PlainDate; age: Temporal.PlainDate }>

/** Holds the rules of a day against what is known of somebody. */
export function screen(facts: Facts, sets: readonly RuleSet[], days: Days): Screening {
  const council = facts.answers.council ?? facts.place.council
  const inForce = rulesOn(sets, council, days.rules)
  const findings = findingsOf(facts, inForce, days.age)
  if (council !== null) return { answer: answerOf(findings), findings, from: inForce.from }
  const elsewhere = councilsApart(sets, days.rules).map((one) => rulesOn(sets, one, days.rules))
  const wherever = findingsWherever(
    findings,
    elsewhere.flatMap((rules) => findingsOf(facts, rules, days.age)),
  )
  const from = [...new Set([inForce, ...elsewhere].flatMap((rules) => rules.from))]
  return { answer: answerOf(wherever), findings: wherever, from }
}

/** The councils in which something else holds on a day than in the rest of the area. */
function councilsApart(sets: readonly RuleSet[], on: Temporal.PlainDate): string[] {
  const councils = new Set(sets.flatMap(({ council }) => council ?? []))
  return [...councils].filter((council) => Object.keys(ruleSetOn(sets, council, on)?.rules ?? {}).length > 0)
}

const councilUnknown = 'We do not know yet in which council they live, and the rules differ'

/** What holds wherever in the area they live. A rule that answers otherwise in one of the councils is not known yet. */
function findingsWherever(findings: readonly Finding[], apart: readonly Finding[]): Finding[] {
  const onlyThere = apart.filter(({ rule, met }) => met !== 'met' && !findings.some((one) => one.rule === rule))
  const open = ({ rule, ask }: Finding, words: readonly string[]): Finding => {
    const asked = apart.filter((one) => one.rule === rule).flatMap((one) => one.ask)
    return {
      ...{ rule, met: 'not-known', ask: [...new Set<Question>(['council', ...ask, ...asked])] },
      why: `${councilUnknown}. ${[...new Set(words)].join(' ')}`,
    }
  }
  const here = findings.map((finding) => {
    const otherwise = apart.filter(({ rule, met }) => rule === finding.rule && met !== finding.met)
    return otherwise.length === 0
      ? finding
      : open(
          finding,
          [finding, ...otherwise].map(({ why }) => why),
        )
  })
  const there = Map.groupBy(onlyThere, ({ rule }) => rule)
  return [...here, ...[...there.values()].flatMap((some) => some.slice(0, 1).map((one) => open(one, [one.why])))]
}

/** What the rules would say of somebody that they do not say now, in the words of the finding. */
export function differences(before: readonly Finding[], after: readonly Finding[]): string[] {
  const same = (finding: Finding) => before.some(({ rule, met }) => rule === finding.rule && met === finding.met)
  const gone = before.filter(({ met, rule }) => met !== 'met' && !after.some((finding) => finding.rule === rule))
  const differs = after.filter((finding) => !same(finding)).map(({ why }) => why)
  return [...differs, ...gone.map(({ rule }) => `${ruleNames[rule].label}: no longer asked for.`)]
}
