import { describe, expect, it } from 'vitest'
import { type Item, readList } from './lists.ts'

async function* inParts(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** What is read of a text that comes in parts of this size. */
async function read(text: string, size = 7, mostOfItem = 200) {
  const taken: Item[] = []
  const take = async (items: readonly Item[]) => {
    taken.push(...items)
    return true
  }
  const around = await readList(inParts(text, size), { names: ['contents', 'content'], mostOfItem, group: 2, take })
  return { taken, ...around }
}
const values = (items: readonly Item[]) => items.map((item) => ('value' in item ? item.value : item.wrong))

describe('A list that is read as it comes', () => {
  it.each([1, 2, 7, 1000])('is the same in parts of %i bytes', async (size) => {
    const text =
      '\uFEFF{"total":4,"x":{"contents":[1]}, "contents" : [ {"a":"b]\\"}é"}, 5 ,"x,]", {"c":[{}]} ],"last":true}'
    const { taken, rest } = await read(text, size)

    expect(values(taken)).toEqual([{ a: 'b]"}é' }, 5, 'x,]', { c: [{}] }])
    expect(rest).toEqual({ total: 4, x: { contents: [1] }, contents: [], last: true })
  })

  it('may be the document itself, or not be there', async () => {
    expect(values((await read('[{"a":1},{"b":2}]')).taken)).toEqual([{ a: 1 }, { b: 2 }])
    expect(await read('{"error":"no"}')).toMatchObject({ hasList: false, taken: [] })
  })

  it('loses only the items that are broken or too large', async () => {
    const { taken } = await read(`{"contents":[{"a":1},{"b":tru},{"c":"${'x'.repeat(300)}"},{"d":4}]}`)
    expect(values(taken)).toEqual([{ a: 1 }, 'not-json', 'too-large', { d: 4 }])
  })

  it.each([
    ['{"contents":[{"a":1},{"b"', 'broken-off'],
    ['{"contents":[{"a":1}]', 'broken-off'],
    ['<!DOCTYPE html><p>[1]</p>', 'not-json'],
    ['', 'not-json'],
    ['{"contents":[{"a":1}}]}', 'not-json'],
  ])('is not taken for whole where it is %s', async (text, reason) => {
    await expect(read(text)).rejects.toMatchObject({ reason })
  })

  it('never runs ahead of whoever takes it: of 30 MB less than one is held', async () => {
    const one = `${JSON.stringify({ id: 'x', description: 'y'.repeat(3000) })},`
    const part = Buffer.from(one.repeat(20))
    let [sent, taken, ahead] = [0, 0, 0]
    async function* body(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{"contents":[')
      for (; sent < 30_000_000; sent += part.length) yield part
      yield Buffer.from('{}]}')
    }
    const take = async (items: readonly Item[]) => {
      taken += items.length * one.length
      ahead = Math.max(ahead, sent - taken)
      return true
    }
    await readList(body(), { names: ['contents'], mostOfItem: 10_000, group: 100, take })
    expect([sent > 29_000_000, ahead < 1_000_000]).toEqual([true, true])
  })
})
