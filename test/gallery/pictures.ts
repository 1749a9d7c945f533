import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { smaller } from './smaller.ts'

/** One page of the gallery: its name, what it shows, whether on paper or on a screen, and where its reader finds it. */
export type Subject = Readonly<{ name: string; shows: string; on: 'paper' | 'screen'; page: Page; path: string }>

/** A picture as it was kept. */
export type Taken = Readonly<{ file: string; label: string; shows: string; on: Subject['on'] }>

// A longer page goes on as it began, and would make the folder large.
const longest = 1800
const mostSheets = 3

/** Takes every picture of a page: each sheet of paper, or the page as wide as a desk and as narrow as a phone. */
export async function take(subject: Subject, folder: string, reader: Page): Promise<Taken[]> {
  const { page, path } = subject
  const answer = await page.goto(path)
  if (answer === null || !answer.ok()) throw new Error(`${path} answered ${answer?.status() ?? 'nothing'}.`)
  return subject.on === 'paper' ? takeSheets(subject, folder, reader) : takeScreens(subject, folder)
}

async function takeScreens({ name, shows, on, page }: Subject, folder: string): Promise<Taken[]> {
  const taken: Taken[] = []
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 })
    const height = Math.min(longest, Number(await page.evaluate('document.documentElement.scrollHeight')))
    // As tall as the page: what keeps to the lower edge of a screen would stand in the middle of the picture.
    await page.setViewportSize({ width, height })
    const file = `${name}-${width}.png`
    writeFileSync(join(folder, file), smaller(await page.screenshot()))
    taken.push({ file, shows, on, label: `${width} pixels wide` })
  }
  await page.setViewportSize({ width: 1280, height: 900 })
  return taken
}

/** The sheets as a printer would give them out: the page is printed to a file, and each sheet of it photographed. */
async function takeSheets({ name, shows, on, page }: Subject, folder: string, reader: Page): Promise<Taken[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'workwell-print-'))
  const printed = join(scratch, 'printed.pdf')
  const pdf = await page.pdf({ path: printed, format: 'A4', printBackground: false })
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
  const taken: Taken[] = []
  for (let sheet = 1; sheet <= Math.min(sheets, mostSheets); sheet += 1) {
    const file = `${name}-${sheet}.png`
    writeFileSync(join(folder, file), smaller(await photographed(reader, pathToFileURL(printed).href, sheet)))
    taken.push({ file, shows, on, label: `Sheet ${sheet} of ${sheets}` })
  }
  rmSync(scratch, { recursive: true })
  return taken
}

/** A sheet once the browser has drawn it: it is drawn when two pictures in a row are the same and not empty. */
async function photographed(reader: Page, printed: string, sheet: number): Promise<Buffer> {
  await reader.goto('about:blank')
  const empty = await reader.screenshot()
  await reader.goto(`${printed}#toolbar=0&navpanes=0&view=Fit&page=${sheet}`)
  let before = empty
  for (let tries = 0; tries < 100; tries += 1) {
    const now = await reader.screenshot()
    if (now.equals(before) && now.length > empty.length * 4) return now
    before = now
    await reader.waitForTimeout(100)
  }
  throw new Error(`The browser did not draw sheet ${sheet} of ${printed}.`)
}
