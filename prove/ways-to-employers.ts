import { newId } from '#platform/ids.ts'
import type { TestApp } from '#test/app.ts'
import { putToEmployer, readyToAsk } from '#test/people/employer.ts'
import { letterKind } from '#journey/support/three-way/rules.ts'
import { dies, type Way } from './ways.ts'

export const proposal: Way = {
  way: 'an employer to whom something is put',
  async learnt(app) {
    const { coach, spell, workplace, chair, employer, person } = await readyToAsk(app)
    app.clock.pass({ minutes: 1 })
    await coach.send(`${employer}/${workplace}/silence`, { id: newId(), saidHow: 'telephone' })
    const id = newId()
    await coach.send(`${spell}/three-way`, { id, workplace, asks: 'Could we?', items: chair, withReturn: 'yes' })
    await coach.send(`/three-way/${id}/sending`)
    const { rows } = await app.owner.query('select id from three_way.proposal where person = $1', [person])
    const shown = [await coach.open(employer), await coach.open(`${employer}/${workplace}/saying`)]
    return [
      ...rows.map(() => 'a proposal was written'),
      ...(shown[0]?.text.includes('May be told Nothing') ? [] : ['the coach reads that they may be told']),
      ...(shown[1]?.html.includes('/silence') ? ['the coach is asked whether it still may'] : []),
    ]
  },
}

export const letter: Way = {
  way: 'an employer to whom a letter was written before the person died',
  async learnt(app) {
    const { coach, person, proposal: id } = await putToEmployer(app)
    await dies(app, person)
    const shown = await coach.open(`/three-way/${id}/letter`)
    await coach.send(`/three-way/${id}/letter`)
    const { rows } = await app.owner.query(`select id from notify.message where about = $1 and kind = $2`, [
      id,
      letterKind,
    ])
    return [
      ...rows.map(() => 'a letter went'),
      ...(shown.text.includes('No letter may go to them') ? [] : ['the letter is shown to be printed']),
    ]
  },
}

type Put = Awaited<ReturnType<typeof putToEmployer>>

export const answering = (how: string, happens: (put: Put, app: TestApp) => Promise<unknown>): Way => ({
  way: `an employer that holds the link of what was put to it before ${how}`,
  async learnt(app) {
    const put = await putToEmployer(app)
    app.clock.pass({ minutes: 1 })
    await happens(put, app)
    await put.coach.send(`/three-way/${put.proposal}/sending`)
    const opened = await app.visitor().open(put.link)
    const { rows } = await app.owner.query(
      `select id from notify.message where about = $1 and settled_as is distinct from 'held back'`,
      [put.proposal],
    )
    return [...rows.slice(1).map(() => 'it was sent again'), ...(opened.status === 200 ? ['behind the link'] : [])]
  },
})
