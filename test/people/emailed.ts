import { referenceOf } from '#journey/onward/rules.ts'
import type { TestApp } from '#test/app.ts'
import { aMail, arrives } from './mail.ts'
import { aSentOnward } from './onward.ts'

type Written = NonNullable<Parameters<typeof aMail>[0]>

const quoted = [
  'On Mon, 5 Jan 2026 at 10:00, North WorkWell <no-reply@north.example> wrote:',
  '> Can you help somebody? A no helps too.',
  '> Read it and answer here: https://example.org/l/north.abc',
].join('\n')

/** An email in which a service answers what it was sent about somebody: its own words above, ours quoted below. */
export const anEmailAnswer = (onward: string, said: string, written: Written = {}): Promise<Buffer> =>
  aMail({
    ...{ from: 'Ada Lowe <intake@riverside.example.org>', to: 'answers@north.example' },
    ...{ subject: `Re: Can you help? A referral from North (${referenceOf(onward)})`, text: `${said}\n\n${quoted}` },
    ...written,
  })

/** Somebody who was passed on to a service that has answered by email, which nobody of the team has dealt with. */
export async function answeredByEmail(app: TestApp, said = 'YES', given: Parameters<typeof aSentOnward>[1] = {}) {
  const sent = await aSentOnward(app, given)
  await arrives(app, await anEmailAnswer(sent.onward, said))
  const { rows } = await app.owner.query<{ id: string }>(
    'select id from emailed_answer.email where referral = $1 order by id desc limit 1',
    [sent.onward],
  )
  return { ...sent, email: rows[0]?.id ?? '' }
}
