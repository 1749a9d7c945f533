import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientCommands } from '#client-creating.ts'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const wanted = {
  area: 'north',
  organisation: 'Park Surgery north',
  name: 'Test system',
  contact: 'it@park.example.org',
}

/** What the command says; it fails with a sentence where it cannot do it. */
async function created(changed: Partial<typeof wanted> = {}): Promise<string> {
  let said = ''
  const commands = clientCommands(async (work) => {
    said = await work(app.databases, 'http://localhost:4999')
  })
  await commands['client create']?.run({ options: { ...wanted, ...changed }, words: [] })
  return said
}

describe('A system that a tester registers', () => {
  it('is told its id, its key and its addresses, and which server they hold for', async () => {
    const said = await created()

    expect(said).toMatch(/^client_id {2}north\./m)
    expect(said).toMatch(/^kid .*in the header/m)
    expect(said).toContain('with aud http://localhost:4999/oauth2/token')
    expect(said).toContain('PORT and WORKWELL_ORIGIN are here as they are for the server')
    expect(said).toContain('BEGIN PRIVATE KEY')
  })

  it('is of an organisation that there is, and somebody can be written to about it', async () => {
    await expect(created({ organisation: 'Nobody' })).rejects.toThrow(/It knows: .*"Park Surgery north"/)
    await expect(created({ contact: 'nobody' })).rejects.toThrow('--contact is an email address like name@example.org.')
  })
})
