import { writeFileSync } from 'node:fs'

const given = ['Robin', 'Sam', 'Kim', 'Alex', 'José', 'Aisha', 'Zoë', 'Dev', 'Mary-Jane', 'O’Neil']
const family = ['Marsh', 'Field', 'Lake', 'Moor', 'Ibáñez', 'Okafor', 'Brontë', 'Patel', 'Smith-Jones', "D'Arcy"]
const routes = ['GP ', 'Self refferal', 'self-referral', 'Local authority', 'Job Centre Plus', 'Charity', 'NHS Trust']
const works = ['Off sick', 'employed full time', 'Unemployed', 'n/a', 'Zero hours', 'Self employed', '']
const barriers = ['Mental health', 'MSK', 'Physical', 'Housing', 'Stress', 'unknown', 'Work']
export const headings =
  'Ref,Forename,Surname,DOB,NHS no,Tel,Mobile,Email address,Address,Post code,GP surgery,Contact by,Referral source,Referral date,Consent,Employment status,Barrier,Fit note,Notes,Heard of us,Case worker'

/**
 * A file as an area's old system exports it: mixed days, slips of the keyboard, spaces, cells that say nothing. One row in
 * twenty cannot be taken, and one in a hundred stands in it twice. Gives how many rows there are.
 */
export function writeReferralsFile(path: string, rows: number): number {
  const lines = [headings]
  for (let place = 0; place < rows; place += 1) lines.push(rowAt(place % 100 === 99 ? place - 1 : place))
  writeFileSync(path, `\uFEFF${lines.join('\r\n')}\r\n`)
  return rows
}

function rowAt(place: number): string {
  const of = (list: readonly string[], step: number) => list[Math.floor(place / step) % list.length] ?? ''
  const route = of(routes, 1)
  const agreed = /^self/i.test(route) ? '' : 'Yes'
  const number = String(place).padStart(6, '0')
  const cells = [
    ...[`C${number}`, of(given, 1), `${of(family, 3)}`, dayAt(place, 1950 + (place % 55)), ''],
    ...[`01632 96${number.slice(2)}`, place % 3 === 0 ? `07700 90${number.slice(2)}` : '', ''],
    ...[place % 2 === 0 ? `"${place % 90} Long Row, Leeds"` : '', place % 20 === 7 ? 'LS' : 'ls1 4ap', 'Park Surgery'],
    ...[place % 3 === 0 ? '"Call, text"' : 'Phone', route, dayAt(place + 11, 2025), agreed, of(works, 7)],
    ...[of(barriers, 5), place % 4 === 0 ? 'Yes' : 'not sure', place % 6 === 0 ? '"Wants to go back, with help"' : ''],
    ...[of(['Website', 'Friend', 'GP', ''], 2), of(['J. Brown', 'P. Green'], 9)],
  ]
  return cells.join(',')
}

function dayAt(place: number, year: number): string {
  const [day, month] = [String((place % 28) + 1).padStart(2, '0'), (place % 9) + 1]
  const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep']
  return (
    [
      `${day}/0${month}/${year}`,
      `${year}-0${month}-${day}`,
      `${Number(day)} ${names[month - 1]} ${year}`,
      `${Number(day)}.${month}.${year}`,
    ][place % 4] ?? ''
  )
}
