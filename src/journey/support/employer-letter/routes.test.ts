import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { allYes, putToEmployer, readyToAsk } from '#test/people/employer.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
beforeEach(() => app.clock.set('2026-01-12T10:00:00Z'))
afterAll(() => app.close())

const silence = () => ({ id: newId(), saidHow: 'telephone' })
const letters = async (proposal: string) =>
  (
    await app.owner.query(
      `select id, channel, recipient, address, body, settled_as, sent_by, allowed_by from notify.message
        where about = $1 and channel = 'letter'`,
      [proposal],
    )
  ).rows
const seenLetter = (html: string) => /name="posted" value="([^"]*)"/.exec(html)?.[1] ?? ''

/** Something put to the manager that has not gone to them yet, and where its letter is. */
async function written() {
  const ready = await readyToAsk(app)
  const { coach, spell, workplace, chair, later } = ready
  const proposal = newId()
  const put = { id: proposal, workplace, asks: 'Could these be done?', items: [chair, later], withReturn: 'yes' }
  await coach.send(`${spell}/three-way`, put)
  return { ...ready, proposal, letter: `/three-way/${proposal}/letter` }
}

describe('A letter to an employer', () => {
  it('says on paper what they would read by the link, and nothing more, with a form for each answer', async () => {
    const { coach, letter } = await written()
    const { text } = await coach.open(letter)

    expect(text).toMatch(/Dear Jo Ray This letter is about Nadia Novak-\w+ \./)
    expect(text).toMatch(/Taking part is their choice.*Please tell us by Monday 26 January 2026/)
    expect(text).toMatch(/Could these be done\?.*A chair with arms.*Starts at ten.*The phased return to work/)
    expect(text).toMatch(/What we tell you about their work What helps: A break each hour/)
    expect(text).toMatch(/Monday and Wednesday 8 hours No lifting/)
    expect(text).toMatch(/Your answer.*send this form back by 26 January 2026/)
    expect(text.match(/Yes, we can do this, from \(day\):/g)).toHaveLength(3)
    expect(text).not.toMatch(/£|500|07700|born/i)
  })

  it('goes to the address that is written down, and comes back to that of the area', async () => {
    const { coach, letter, employer, workplace } = await written()
    const without = await coach.open(letter)
    const jo = { organisation: 'Hillside Bakery', contact: 'Jo Ray', part: 'line-manager', phone: '01632 960111' }
    await coach.send(`${employer}/${workplace}`, { ...jo, postal: '4 Mill Lane\nLeeds\nLS1 1AA', version: '1' })
    await app.owner.query(`update areas.area set postal_address = 'North House\nLeeds' where area = 'north'`)
    const { text } = await coach.open(letter)

    expect(without.text).toMatch(/No postal address of Jo Ray is written down.*hand the letter over/)
    expect(without.text).toMatch(/Your area has written down no postal address.*Give it back to Carol Coach/)
    expect(text).toMatch(/Jo Ray Hillside Bakery 4 Mill Lane Leeds LS1 1AA 12 January 2026/)
    expect(text).toMatch(/Send it back to:.*Carol Coach North House Leeds/)
    expect(text).not.toMatch(/No postal address|has written down no postal/)
  })

  it('has gone once the coach says so, and stands in the outbox, on the record and for the person as told', async () => {
    const { coach, letter, proposal, person } = await written()
    const sheet = await coach.open(letter)
    const untouched = await letters(proposal)
    const sent = await coach.sendAndFollow(letter, { posted: seenLetter(sheet.html) })
    const [gone, ...more] = await letters(proposal)
    const record = await coach.open(`/people/${person}`)
    const own = await (await app.asParticipant(person)).open('/my/work')

    expect(untouched).toEqual([])
    expect(sent.text).toMatch(/a letter went to them.*Waiting for the employer.*By letter Went to them today 10:00/)
    expect(sent.text).not.toContain('tell them this code')
    expect(gone).toMatchObject({ recipient: 'another', settled_as: 'sent', sent_by: 'post' })
    expect(`${gone.address} ${gone.body}`).not.toMatch(/Nadia|Novak|chair/)
    expect(more).toEqual([])
    expect(record.text).toContain('Letter to somebody at their work')
    expect(own.text).toMatch(/Jo Ray, Hillside Bakery.*Could these be done\?.*A letter went to them on 12 January 2026/)
  })

  it('is written down once however often it is pressed, and again where it was sent again', async () => {
    const { coach, letter, proposal } = await written()
    const posted = seenLetter((await coach.open(letter)).html)
    await coach.send(letter, { posted })
    const twice = await coach.sendAndFollow(letter, { posted })
    const again = await coach.open(letter)
    await coach.send(letter, { posted: seenLetter(again.html) })

    expect(twice.text).toContain('It is written down already, today 10:00')
    expect(again.text).toMatch(/A letter went to them today 10:00/)
    expect(await letters(proposal)).toHaveLength(2)
  })

  it('leaves a link that went before to be answered, with its code', async () => {
    const put = await putToEmployer(app)
    await put.coach.send(`/three-way/${put.proposal}/letter`, { posted: '' })
    const { text } = await put.coach.open(`/three-way/${put.proposal}`)

    expect(text).toMatch(/tell them this code.*By letter Went to them today/)
    expect((await app.visitor().open(put.link)).status).toBe(200)
  })

  it('is refused once the person has died, and sends nobody to ask them', async () => {
    const { coach, letter, person } = await written()
    await app.owner.query(`update people.person set died_on = '2026-01-11' where id = $1`, [person])
    const { text, html } = await coach.open(letter)

    expect(text).toMatch(
      /No letter may go to them The person has died\. Nothing more goes to Jo Ray, not even on paper/,
    )
    expect(html).not.toContain(`/people/${person}/employer`)
    expect(text).not.toMatch(/Ask the person/)
  })

  it.each([
    [
      'the person says no',
      async ({ coach, employer, workplace }) => coach.send(`${employer}/${workplace}/silence`, silence()),
    ],
    [
      'a sentence in it is taken away',
      async ({ coach, employer, sentence }) => coach.send(`${employer}/sentences/${sentence}/withdrawal`),
    ],
    ['it is closed', async ({ coach, proposal }) => coach.send(`/three-way/${proposal}/closing`)],
  ] satisfies [string, (of: Awaited<ReturnType<typeof written>>) => Promise<unknown>][])(
    'is not printed and has not gone once %s',
    async (_why, meanwhile) => {
      const letter = await written()
      const before = await letter.coach.open(letter.letter)
      app.clock.pass({ minutes: 1 })
      await meanwhile(letter)
      const { text } = await letter.coach.open(letter.letter)
      const pressed = await letter.coach.sendAndFollow(letter.letter, { posted: seenLetter(before.html) })

      expect(before.text).toContain('Dear Jo Ray')
      for (const shown of [text, pressed.text]) {
        expect(shown).toMatch(/No letter may go to them .*Nothing goes to them on paper either/)
        expect(shown).not.toMatch(/Dear Jo Ray|A break each hour|A chair with arms/)
      }
      expect(await letters(letter.proposal)).toEqual([])
    },
  )

  it('that comes back filled in is written down as an answer on paper', async () => {
    const { coach, letter, proposal } = await written()
    await coach.send(letter, { posted: '' })
    const { text } = await coach.sendAndFollow(`/three-way/${proposal}/answer`, {
      id: newId(),
      ...allYes,
      how: 'letter',
    })

    expect(text).toMatch(/What they answered.*Jo Ray, team leader, on paper/)
  })
})
