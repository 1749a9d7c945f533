import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { stages, takenFrom } from '#journey/episode/rules.ts'
import { reach, type Role, roles } from '#platform/access/rules.ts'
import * as answers from '#exchange/files/cases/answers/rules.ts'
import * as appointments from '#exchange/files/cases/appointments/rules.ts'
import * as contacts from '#exchange/files/cases/contacts/rules.ts'
import * as followUps from '#exchange/files/cases/follow-ups/rules.ts'
import * as help from '#exchange/files/cases/help-given/rules.ts'
import * as outcomes from '#exchange/files/cases/outcomes/rules.ts'
import * as people from '#exchange/files/cases/person/rules.ts'
import * as plans from '#exchange/files/cases/plans/rules.ts'
import { type SheetName, sheetNames, sheets } from '#exchange/files/cases/sheets/rules.ts'
import * as words from '#exchange/files/codes/rules.ts'
import type { Column } from '#exchange/files/columns/rules.ts'
import { referralColumns } from '#exchange/files/referrals/rules.ts'
import { foreignWrites } from './architecture/foreign-writes.ts'
import { partOf } from './architecture/parts.ts'

const rowsOf = (document: string): string[][] =>
  readFileSync(fileURLToPath(new URL(`../docs/${document}`, import.meta.url)), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    )

describe('The table of states', () => {
  const [heading = [], , ...rows] = rowsOf('states.md')

  it('has every stage and every step', () => {
    expect(heading.slice(1)).toEqual(Object.keys(stages))
    expect(rows.map(([step]) => step)).toEqual(Object.keys(takenFrom))
  })

  it.each(Object.entries(takenFrom))('says the same of %s as the rules do', (step, from) => {
    const row = rows.find(([name]) => name === step) ?? []
    const crossed = heading.filter((_, place) => place > 0 && row[place] === '×')

    expect(crossed.toSorted()).toEqual([...from].toSorted())
  })
})

describe('The decision about writes of others', () => {
  const told = rowsOf('decisions/0009-foreign-writes.md').map(([first = '', second = '']) => [first, second])

  it('has a line for every write that others may call, and for none besides', () => {
    const names = foreignWrites.map(({ store, name }) => [`\`${name}\``, slice(store)])

    expect(told.filter(([first]) => !first?.includes('/') && first?.startsWith('`'))).toEqual(names)
  })

  it('has a line for every slice that is a part of another, and for none besides', () => {
    const parts = Object.entries(partOf).map(([part, whole]) => [`\`${part}\``, `\`${whole}\``])

    expect(told.filter(([first]) => first?.includes('/'))).toEqual(parts)
  })

  const slice = (store: string) => `\`${store.slice('src/'.length, -'/store.ts'.length)}\``
})

describe('The table of access', () => {
  const [heading = [], , ...rows] = rowsOf('access.md')

  it.each(Object.entries(roles))('says the same of %s as the rules do', (role, { label }) => {
    const row = rows.find(([name]) => name === label) ?? []
    // Checked: the entries of the list of roles.
    const expected = Object.entries(reach[role as Role])

    expect(heading.slice(1).map((verb, place) => [verb, row[place + 1]])).toEqual(expected)
  })
})

describe('The page about bringing files in', () => {
  const rows = rowsOf('importing.md').map((cells) => cells.join(' | '))

  it.each(Object.values<Column>(referralColumns.columns))(
    'says the same of $label as the rules do',
    ({ label, also, about }) => {
      expect(rows).toContain([label, also.join(', '), about].join(' | '))
    },
  )

  it.each([
    ['Route', words.routeWords],
    ['Channel', words.channelWords],
    ['Agreed', words.agreementWords],
    ['Work status', words.workWords],
    ['Main barrier', words.barrierWords],
    ['Fit note', words.fitNoteWords],
    ['How they heard', words.hearingWords],
    ['Safe ways', words.safeWords],
  ])('names every answer to %s', (column, { list, also }: words.Spellings<string>) => {
    const expected = Object.entries(list).map(([code, { label }]) => [column, label, (also[code] ?? []).join(', ')])
    const written = rows.filter(
      (row) => row.startsWith(`${column} | `) && expected.some(([, label]) => row.split(' | ')[1] === label),
    )

    expect(written).toEqual(expected.map((cells) => cells.join(' | ')))
  })
})

describe('The page about bringing open cases in', () => {
  const page = readFileSync(fileURLToPath(new URL('../docs/importing-episodes.md', import.meta.url)), 'utf8')
  const elsewhere = new Set(Object.values<Column>(referralColumns.columns).map(({ label }) => label))
  /** What stands below the heading of a file. */
  const about = (name: SheetName) => page.split(`\n## ${name}.csv\n`)[1]?.split('\n## ')[0] ?? ''

  it.each(sheetNames)('names %s.csv and what else it may be called', (name) => {
    expect(page).toContain(`| ${name}.csv | ${sheets[name].also.join(', ')} |`)
  })

  it.each(sheetNames)('says the same of the columns of %s.csv as the rules do', (name) => {
    const own = Object.values<Column>(sheets[name].columns.columns).filter(
      ({ label }) => !elsewhere.has(label) || !['people', 'episodes'].includes(name),
    )

    for (const { label, also, about: said } of own)
      expect(about(name)).toContain(`\n| ${label} | ${also.join(', ')} | ${said} |\n`)
  })

  it.each<[SheetName, string, words.Spellings<string>]>([
    ['people', 'Sex', people.sexWords],
    ['people', 'Ethnic group', people.ethnicityWords],
    ['people', 'Disabled', people.disabledWords],
    ['episodes', 'Agreed how', answers.agreeingWords],
    ['episodes', 'Work at first conversation', answers.employmentWords],
    ['episodes', 'Barriers', answers.obstacleWords],
    ['episodes', 'Plan', answers.planWords],
    ['episodes', 'Plan agreed how', answers.agreedWords],
    ['episodes', 'Waiting for', answers.waitingWords],
    ['episodes', 'Ended because', answers.endWords],
    ['goals', 'Whose words', plans.tellers],
    ['goals', 'What became of it', plans.goalResultWords],
    ['actions', 'Who does it', plans.ownerWords],
    ['actions', 'Result', plans.actionResultWords],
    ['contacts', 'Way', contacts.wayWords],
    ['contacts', 'Result', contacts.contactResultWords],
    ['appointments', 'For', appointments.purposeWords],
    ['appointments', 'How', appointments.modeWords],
    ['appointments', 'Result', appointments.comingWords],
    ['appointments', 'Who', appointments.whoDidWords],
    ['appointments', 'Reason', appointments.reasonWords],
    ['support', 'Kind', help.supportWords],
    ['outcomes', 'Outcomes', outcomes.outcomeWords],
    ['outcomes', 'No outcome because', outcomes.noOutcomeWords],
    ['follow-ups', 'Result', followUps.followUpWords],
    ['follow-ups', 'In work', followUps.inWorkWords],
    ['follow-ups', 'Same employer', followUps.employerWords],
    ['follow-ups', 'Health', followUps.healthWords],
  ])('names every answer in %s.csv to %s', (name, column, { list, also }) => {
    const expected = Object.entries(list).map(
      ([code, { label }]) => `| ${column} | ${label} | ${(also[code] ?? []).join(', ')} |`,
    )
    const lines = about(name).split('\n')

    expect(lines.filter((line) => expected.includes(line))).toEqual(expected)
  })
})

describe('The hazard log', () => {
  const [before = '', ...hazards] = readFileSync(
    fileURLToPath(new URL('../docs/safety/hazard-log.md', import.meta.url)),
    'utf8',
  ).split(/^### /m)
  const table = rowsOf('safety/hazard-log.md')
  const [severities = []] = table
  const rating = (likelihood = '', severity = '') =>
    table.find(([name]) => name === likelihood)?.[severities.indexOf(severity)]

  it('says that nobody clinical has looked at it as long as nobody has', () => {
    expect(before).toContain('Clinical safety officer: to be named')
    expect(hazards.length).toBeGreaterThan(10)
  })

  it.each(hazards.map((hazard) => [hazard.split('\n')[0] ?? '', hazard]))(
    'of %s rates as the matrix does',
    (_name, hazard) => {
      for (const when of ['Before', 'After']) {
        const [, likelihood, severity, given] = new RegExp(`^- ${when}: (.+) × (.+) = (\\d)$`, 'm').exec(hazard) ?? []
        expect(given, when).toBe(rating(likelihood, severity))
      }
      for (const part of ['Cause', 'Effect', 'Status']) expect(hazard).toMatch(new RegExp(`^- ${part}: .{4}`, 'm'))
    },
  )

  it.each(hazards.map((hazard) => [hazard.split('\n')[0] ?? '', hazard]))(
    'names tests there are for %s',
    (_name, hazard) => {
      const controls = hazard.split('\n').filter((line) => line.startsWith('- Control: '))
      expect(controls.length).toBeGreaterThan(0)
      for (const control of controls) {
        const [, file, sentence] = /\(`([^`]+)`: “([^”]+)”\)\.$/.exec(control) ?? []
        const tests = readFileSync(fileURLToPath(new URL(`../${file ?? control}`, import.meta.url)), 'utf8')
        expect(tests, control).toContain(`'${sentence ?? control}'`)
      }
    },
  )
})
