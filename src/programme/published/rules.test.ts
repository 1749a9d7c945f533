import { describe, expect, it } from 'vitest'
import { breakdowns } from '#programme/breakdown/rules.ts'
import { groupsOf } from '#programme/grouping/rules.ts'
import { headings } from './rules.ts'

describe('The published headings', () => {
  it.each(Object.values(headings))('$label takes every group in, and each once', ({ from, parts }) => {
    const taken: string[] = Object.values(parts).flatMap(({ cells }) => [...cells])
    expect(taken.toSorted()).toEqual(Object.keys(groupsOf(breakdowns[from].by) ?? {}).toSorted())
  })
})
