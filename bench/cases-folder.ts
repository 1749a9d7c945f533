import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const given = ['Robin', 'Sam', 'Kim', 'Alex', 'José', 'Aisha', 'Zoë', 'Dev', 'Mary-Jane', 'O’Neil']
const family = ['Marsh', 'Field', 'Lake', 'Moor', 'Ibáñez', 'Okafor', 'Brontë', 'Patel', 'Smith-Jones', "D'Arcy"]
const routes = ['GP ', 'Self refferal', 'Council', 'JCP', 'Charity', 'NHS Trust', 'Employer']
const barriers = ['Anxiety; Line manager', 'MSK', 'Fatigue; Hours', 'Depression', 'Childcare; Transport', 'Debt']
const plans = ['Thrive', 'RTW', 'Find work']
/** Who looks after the people of the folder. */
export const coaches = ['Carol Coach', 'Colin Colleague', 'Clea Carer', 'Cass Companion']

const heads = {
  people: 'Client ID,Forename,Surname,DOB,Mob,Post code,Safe contact,Sex,Ethnicity',
  episodes:
    'Case ID,Client ID,Referral source,Date received,Accepted,Coach,Consent date,Assessment date,Employment at start,Barriers,Plan type,Plan date,Support start,Closed on,Closure reason',
  goals: 'Case ID,Goal ID,Goal,Date set,Goal outcome',
  actions: 'Case ID,Goal ID,Action,Owner,Due date,Status',
  contacts: 'Case ID,Contact date,Contact time,Contact type,Outcome,Notes,Recorded by',
  appointments: 'Case ID,Appointment date,Start time,Duration,Type,Format,Attended',
  support: 'Case ID,Session date,Activity,Duration,What was done',
  outcomes: 'Case ID,Completion date,Outcome,Employment at end,Hours a week',
  'follow-ups':
    'Case ID,Follow-up point,Follow-up date,Follow-up result,Still in work,Same employer,Hours a week,How is their health',
} as const
type Name = keyof typeof heads
type Add = (name: Name, ...cells: readonly string[]) => void

/**
 * A folder as an area's old system exports it, with so many people at every stage: mixed days, slips of the keyboard. One
 * person in fifty cannot be taken, and their cases with them. Gives how many rows its files have.
 */
export function writeCasesFolder(folder: string, people: number): number {
  // Checked: the keys of the list are its files.
  const names = Object.keys(heads) as Name[]
  const lines = new Map<Name, string[]>(names.map((name) => [name, [heads[name]]]))
  for (let place = 0; place < people; place += 1)
    writePerson(place, (name, ...cells) => void lines.get(name)?.push(cells.join(',')))
  for (const [name, all] of lines) writeFileSync(join(folder, `${name}.csv`), `\uFEFF${all.join('\r\n')}\r\n`)
  return [...lines.values()].reduce((sum, all) => sum + all.length - 1, 0)
}

// How far the cases have come: 0 referred, 1 ended, 2 tried, 3 assessed, 4 to 7 supported, 8 and 9 completed.
function writePerson(place: number, add: Add): void {
  const far = place % 10
  const [person, episode] = [`P${place}`, `C${place}`]
  const of = (list: readonly string[], step: number) => list[Math.floor(place / step) % list.length] ?? ''
  const start = Temporal.PlainDate.from('2025-01-06').add({ days: (place * 7) % 120 })
  const day = (after: number) => written(start.add({ days: after }), place + after)
  const coach = far === 0 ? '' : of(coaches, 3)
  const postcode = place % 50 === 49 ? 'LS' : 'ls1 4ap '
  const tel = `01632 96${String(place % 10_000).padStart(4, '0')}`
  add(
    'people',
    person,
    of(given, 1),
    of(family, 3),
    day(-20_000 + (place % 9000)),
    tel,
    postcode,
    '"Phone, text"',
    'F',
    'A',
  )
  const assessed = far >= 3 ? [day(9), day(9), 'Off sick', of(barriers, 2)] : ['', '', '', '']
  const plan = far >= 4 ? [of(plans, 5), day(16), day(23)] : ['', '', '']
  const end = far === 1 ? [day(40), 'Could not contact'] : ['', '']
  const accepted = far === 0 ? '' : day(1)
  add('episodes', episode, person, of(routes, 1), day(0), accepted, coach, ...assessed, ...plan, ...end)
  if (far === 0) return
  for (const after of [2, 5]) add('contacts', episode, day(after), '10:30', 'Phone', 'No answer', '', coach)
  if (far >= 3) add('contacts', episode, day(7), '14:05', 'Phone', 'Spoke', 'Agreed to meet', coach)
  if (far >= 3) add('appointments', episode, day(9), '10:00', '60', 'Initial assessment', 'F2F', 'Yes')
  if (far >= 4) writePlan(place, add, day)
}

function writePlan(place: number, add: Add, day: (after: number) => string): void {
  const [episode, goal] = [`C${place}`, `G${place}`]
  const completed = place % 10 >= 8
  add('goals', episode, goal, 'Work three days a week', day(16), completed ? 'Achieved' : '')
  for (const [what, after] of [
    ['Ask about hours', 23],
    ['Write down what helps', 30],
  ] as const)
    add('actions', episode, goal, what, 'Client', day(after), completed ? 'Done' : 'In progress')
  for (const after of [23, 37]) add('support', episode, day(after), 'Coaching', '45', 'Talked about the next weeks')
  if (!completed) return
  add('outcomes', episode, day(100), 'Back in same job', 'Employed', '22')
  add('follow-ups', episode, '13', day(191), 'Answered', 'Yes', 'Same', '22', 'Better')
}

function written(day: Temporal.PlainDate, way: number): string {
  const [year, month, date] = [day.year, String(day.month).padStart(2, '0'), String(day.day).padStart(2, '0')]
  const names = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
  return (
    [`${date}/${month}/${year}`, `${year}-${month}-${date}`, `${day.day} ${names[day.month - 1]} ${year}`][
      Math.abs(way) % 3
    ] ?? ''
  )
}
