import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '#test/app.ts'
import { aJobcentre, servedGround } from '#test/people/eligibility.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  await servedGround(app, { board: 'QNQ' })
  await servedGround(app, { council: 'E08000035' })
  await aJobcentre(app)
  await app.owner.query(`insert into areas.coverage (area, id, jobcentre, from_on)
    values ('south', gen_random_uuid(), 'LDS', '2024-10-01')`)
  await app.owner.query(`insert into areas.coverage (area, id, outward, from_on)
    values ('south', gen_random_uuid(), 'B70', '2024-10-01')`)
  await app.owner.query(`insert into places.postcode (code, country, council, board_ons) values
    ('GU111AA', 'England', 'E07000092', 'E54000034'), ('M11AE', 'England', 'E08000003', 'E54000057'),
    ('CF101AA', 'Wales', null, null)`)
  await app.owner.query(`insert into places.gp_practice (code, name, postcode, board) values
    ('J82001', 'Alexander House Surgery', 'GU111AA', 'QNQ'), ('J82002', 'Alexandra Road Surgery', null, null)`)
})
afterAll(() => app.close())

async function ask(fields: Readonly<Record<string, string>>) {
  const visitor = app.visitor()
  await visitor.open('/my-area')
  return visitor.send('/my-area', fields)
}

const nothing = { postcode: '', council: '', practice: '', jobcentre: '' }
const askAsStaff = async (fields: Readonly<Record<string, string>>) =>
  (await app.as(app.cast.coach)).send('/places/look-up', { ...nothing, ...fields })

describe('Is WorkWell in my area?', () => {
  it('is asked from the first page, without an account', async () => {
    const first = await app.visitor().open('/')

    expect(first.html).toContain('href="/my-area"')
    expect((await app.visitor().open('/my-area')).text).toContain('We do not keep what you enter here')
  })

  it('is answered from a postcode, with why and the way in', async () => {
    const seen = await ask({ ...nothing, postcode: 'gu11 1aa' })

    expect(seen.text).toContain('Yes, WorkWell is there')
    expect(seen.text).toContain('Your postcode, GU11 1AA, is in this area.')
    expect(seen.html).toContain('href="/in/north"')
  })

  it('says where to find help when no area is there', async () => {
    const seen = await ask({ ...nothing, postcode: 'M1 1AE' })

    expect(seen.text).toContain('WorkWell is not there yet')
    expect(seen.text).toContain('Access to Work')
    expect(seen.html).not.toContain('href="/in/north"')
  })

  it('says that it may be, where a council lies across the border of the area', async () => {
    const seen = await ask({ ...nothing, council: 'E07000214' })

    expect(seen.text).toContain('WorkWell may be there')
    expect(seen.text).toContain('You live in Surrey Heath. Most people there belong to this area, but not all.')
    expect(seen.text).not.toMatch(/Lives in|%/)
  })

  it('says to the reader in which place they live, and every reason', async () => {
    const whole = await ask({ ...nothing, council: 'E08000035' })
    const two = await ask({ ...nothing, postcode: 'GU11 1AA', practice: 'alexander' })

    expect(whole.text).toContain('You live in Leeds, which is all in this area.')
    expect(two.text).toMatch(/Your postcode, GU11 1AA, is in this area\.\s+Your GP practice, Alexander House/)
  })

  it('is answered from the Jobcentre or the GP practice as well, each in the areas that take people so', async () => {
    const byJobcentre = await ask({ ...nothing, jobcentre: 'LDS' })
    const byPractice = await ask({ ...nothing, practice: 'alexander' })

    expect(byJobcentre.html).toContain('href="/in/south"')
    expect(byJobcentre.text).toContain('Your Jobcentre, Leeds Park Place, is in this area.')
    expect(byPractice.text).toContain('Your GP practice, Alexander House Surgery, is in this area.')
  })

  it('lets somebody choose where several practices begin so', async () => {
    const several = await ask({ ...nothing, practice: 'alex' })
    const chosen = await ask({ ...nothing, practice: 'alex', practiceCode: 'J82001' })

    expect([several.status, several.text.includes('Alexandra Road Surgery')]).toEqual([422, true])
    expect(chosen.text).toContain('Yes, WorkWell is there')
  })

  it.each([
    [{ postcode: 'nowhere' }, 'Enter a real postcode'],
    [{}, 'Enter a postcode, or one of the others'],
    [{ practice: 'zzz' }, 'No practice begins so'],
  ])('says what to do about %o', async (fields, words) => {
    const seen = await ask({ ...nothing, ...fields })

    expect([seen.status, seen.text.includes(words)]).toEqual([422, true])
  })

  it('does not guess where a postcode is that nobody knows', async () => {
    expect((await ask({ ...nothing, postcode: 'ZE1 0AA' })).text).toContain('We could not find this place')
  })

  it('knows a postcode by how it begins, where an area takes everybody so', async () => {
    const seen = await ask({ ...nothing, postcode: 'b70 8aa' })

    expect(seen.text).toContain('Your postcode, B70 8AA, is in this area.')
    expect(seen.html).toContain('href="/in/south"')
  })

  it('keeps nothing of what was asked', async () => {
    await ask({ ...nothing, postcode: 'GU11 1AA' })
    const { rows } = await app.owner.query(
      `select (select count(*) from journal.entry) + (select count(*) from form.draft) as kept`,
    )

    expect(Number(rows[0]?.kept)).toBe(0)
  })
})

describe('Which areas somebody can belong to', () => {
  it('is shown to staff with how sure it is, and what to ask', async () => {
    const seen = await askAsStaff({ council: 'E07000214' })

    expect(seen.text).toContain('Perhaps in a WorkWell area')
    expect(seen.text).toMatch(/WorkWell north Home 84%/)
    expect(seen.text).toContain('ask for the GP practice or the whole postcode')
  })

  it('names each area and each way by which somebody belongs', async () => {
    const seen = await askAsStaff({
      postcode: 'GU11 1AA',
      practice: 'J82001',
      practiceCode: 'J82001',
      jobcentre: 'LDS',
    })

    expect(seen.text).toMatch(/WorkWell north Home Certain/)
    expect(seen.text).toMatch(/WorkWell north GP practice Certain/)
    expect(seen.text).toContain('Served by Leeds Park Place')
  })

  it('asks about the practice where somebody lives in another country', async () => {
    expect((await askAsStaff({ postcode: 'CF10 1AA' })).text).toContain('is in Wales: is the GP practice in England?')
  })
})
