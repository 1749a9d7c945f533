import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { startApp, type TestApp } from '#test/app.ts'
import { type BarsReceiver, startBarsReceiver } from '#test/neighbours/bars-receiver.ts'
import { aReplyingSender, aSentReferral, aStuckReply, moves } from '#test/people/reply.ts'

let app: TestApp
let theirs: BarsReceiver
const logged: string[] = []
beforeAll(async () => {
  const log = pino({ level: 'error' }, { write: (line: string) => void logged.push(line) })
  app = await startApp({ WORKWELL_OWN_NETWORK: 'yes' }, log)
  theirs = await startBarsReceiver()
})
afterAll(async () => {
  await theirs.close()
  await app.close()
})

const accepted = { kind: 'accepted' } as const
const started = { kind: 'assessed' } as const

/** A reply that their system refused, with another one of the same referral behind it. */
async function refused() {
  const sender = await aReplyingSender(app, { address: theirs.address })
  const referral = await aSentReferral(app, sender.ods)
  app.clock.pass({ minutes: 1 })
  const yes = { form: newId(), how: 'telephone', gp: 'yes', 'gp-allows': 'status' }
  await (await app.as(app.cast.coach)).send(`/people/${referral.person}/agreements`, yes)
  theirs.next.push({ status: 404, code: 'REC_NOT_FOUND', issue: 'not-found' })
  await moves(app, referral.episode, [accepted])
  await moves(app, referral.episode, [started])
  const { rows } = await app.owner.query<{ id: string }>(
    `select reply.id from reply.reply reply where reply.request = $1 order by reply.id`,
    [referral.request],
  )
  const given = await app.owner.query<{ reference: string }>(
    'select reference from referral.reference where referral = $1',
    [referral.id],
  )
  const heard = () => theirs.taken.filter(({ correlationId }) => correlationId === referral.correlationId).length
  return { sender, referral, heard, page: `/area/replies/${rows[0]?.id}`, reference: given.rows[0]?.reference ?? '' }
}

const at = async (member: keyof TestApp['cast']) => app.as(app.cast[member])

describe('The queue of replies', () => {
  it('says that nothing is in it, and where to begin', async () => {
    const { text } = await (await at('manager')).open('/area/replies')
    expect(text).toContain('Nothing is sent: no organisation has an address for replies.')
    expect((await (await at('manager')).open('/area/clients')).text).not.toContain('could not be sent')

    expect(text).toContain('Every reply that was due has gone, is on its way or was held back for the person.')
    expect(text).toContain('Nothing waits for a system that does not answer.')
    expect((await (await at('manager')).open('/area/clients')).html).toContain('href="/area/replies"')
  })

  it('shows what could not be sent: why, how old, how often tried, what was answered, and what waits behind it', async () => {
    const { sender, reference, page } = await refused()
    const manager = await at('manager')
    const list = await manager.open('/area/replies')
    const systems = await manager.open('/area/clients')
    const one = await manager.open(page)

    for (const said of [
      ...[sender.name, reference, '404 REC_NOT_FOUND not-found', 'Once'],
      'Their system does not know the referral, or is not at this address',
      'reply could not be sent. Whoever referred has not been told.',
    ])
      expect(list.text).toContain(said)
    expect(systems.text).toMatch(/repl(y|ies) could not be sent/)
    expect(one.text).toContain('1, in order')
    expect(`${list.text}${one.text}`).not.toMatch(/Quillfeather|Marnie|07700|Robin|Accepted/)
  })

  it('raises an alarm that names no more than the reply', async () => {
    logged.splice(0)
    const { page } = await refused()
    const [alarm] = logged.filter((line) => line.includes('could not be sent'))

    expect(alarm).toContain(page.replace('/area/replies/', ''))
    expect(alarm).not.toMatch(/Quay|Marnie|404/)
  })

  it('tells an area lead nothing that could be traced to somebody', async () => {
    const { reference, page } = await refused()
    const lead = await at('areaLead')

    expect((await lead.open('/area/replies')).text).not.toContain(reference)
    expect((await lead.open(page)).text).not.toContain(reference)
  })

  it('is tried again when somebody says so, and what waited goes after it', async () => {
    const { page, heard } = await refused()
    const manager = await at('manager')
    await manager.send(`${page}/another-try`)
    await app.work()

    expect(heard()).toBe(2)
    expect((await manager.open(page)).text).toContain('Sent')
    // Pressed once more, nothing goes again.
    await manager.send(`${page}/another-try`)
    await app.work()
    expect(heard()).toBe(2)
  })

  it('goes to where the area says by now', async () => {
    const { page, sender, heard, referral } = await refused()
    const other = await startBarsReceiver()
    const manager = await at('manager')
    const said = { id: newId(), organisation: sender.id, address: other.address, service: '333333333' }
    await manager.send('/area/reply-addresses/new', said)
    await manager.send(`${page}/another-try`)
    await app.work()
    await other.close()

    expect(heard()).toBe(0)
    expect(other.taken.map(({ correlationId }) => correlationId)).toEqual([
      ...[referral.correlationId, referral.correlationId],
    ])
    expect(JSON.stringify(other.taken[0]?.message)).toContain('dos-service-id|333333333')
  })

  it('is given up only with why, and what waited behind it goes', async () => {
    const { page, heard } = await refused()
    const manager = await at('manager')
    const without = await manager.send(`${page}/giving-up`, { why: '' })
    await manager.send(`${page}/giving-up`, { why: 'Told them by telephone' })
    await app.work()
    const one = await manager.open(page)

    expect(without.status).toBe(422)
    expect(without.text).toContain('Enter why it is given up')
    expect(heard()).toBe(1)
    expect(one.text).toContain('Given up')
    expect(one.text).toContain('Told them by telephone')
    expect(one.text).not.toContain('Try again now')
  })

  it('is no business of another area, nor of whoever does not run this one', async () => {
    const { id } = await aStuckReply(app)
    const page = `/area/replies/${id}`

    expect((await (await at('managerElsewhere')).open(page)).status).toBe(404)
    expect((await (await at('managerElsewhere')).send(`${page}/another-try`)).status).toBe(404)
    expect((await (await at('coach')).open(page)).status).toBe(403)
  })
})

describe('A reply that lacks something on our side', () => {
  it('waits until it is put right, and says what', async () => {
    const { page, sender } = await refused()
    const manager = await at('manager')
    await app.owner.query('update organisations.organisation set ods_code = null where id = $1', [
      app.cast.administrator.organisation,
    ])
    await manager.send(`${page}/another-try`)
    await app.work()
    expect((await manager.open(page)).text).toContain('The organisation that receives referrals has no ODS code')

    await app.owner.query(`update organisations.organisation set ods_code = 'Y99999' where id = $1`, [
      app.cast.administrator.organisation,
    ])
    await manager.send(`/area/reply-addresses/${sender.replyAddress}/ending`)
    await manager.send(`${page}/another-try`)
    await app.work()
    expect((await manager.open(page)).text).toContain('Nobody has said where replies to them go')
  })
})
