import type { Page } from 'playwright-core'
import { z } from 'zod'
import { look } from '#test/journeys/chromium.ts'
import type { Stop } from './stops.ts'

const answered = z.object({
  title: z.string(),
  summaryHasFocus: z.boolean(),
  leadNowhere: z.array(z.string()),
  unsaid: z.array(z.string()),
})

// As text, because it runs in the page and not here.
const looking = `(() => {
  const summary = document.querySelector('.nhsuk-error-summary')
  const links = [...(summary?.querySelectorAll('a') ?? [])]
  const fieldOf = (link) => document.getElementById(link.hash.slice(1))
  return {
    title: document.title,
    summaryHasFocus: summary !== null && summary === document.activeElement,
    leadNowhere: links.filter((link) => fieldOf(link)?.matches('input, select, textarea') !== true).map((one) => one.textContent),
    unsaid: links.filter((link) => ![...document.querySelectorAll('.nhsuk-error-message')]
      .some((one) => one.textContent.includes(link.textContent))).map((one) => one.textContent),
  }
})()`

/** Sends the form of a page as it was opened, and says what is missing in how the page says what is wrong. */
export async function sendUnanswered(page: Page, { path }: Pick<Stop, 'path'>): Promise<string[]> {
  await page.setViewportSize({ width: 320, height: 900 })
  await page.goto(path)
  await page.locator('main form[method="post"] button[type="submit"]').first().click()
  await page.waitForLoadState('load')
  const { title, summaryHasFocus, leadNowhere, unsaid } = answered.parse(await page.evaluate(looking))
  const faults = [
    ...(title.startsWith('Error: ') ? [] : [`has the title "${title}"`]),
    ...(summaryHasFocus ? [] : ['does not begin at the summary of what is wrong']),
    ...leadNowhere.map((one) => `leads to no field from "${one}"`),
    ...unsaid.map((one) => `does not say at its field: "${one}"`),
    ...(await look(page)),
  ]
  await page.locator('.nhsuk-error-summary a').first().click()
  const isInField = await page.evaluate(`document.activeElement.matches('input, select, textarea')`)
  return [...faults, ...(isInField === true ? [] : ['does not go to the field'])].map((fault) => `${path} ${fault}`)
}
