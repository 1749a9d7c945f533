// What a page does better where script runs. Every page works without it, and nothing is kept in the browser.

const settings = document.body.dataset
const all = (selector, within = document) => [...within.querySelectorAll(selector)]

/** Sends a form's fields to our own server without leaving the page; true when they were taken. */
async function send(address, fields, onLeaving = false) {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      body: new URLSearchParams([['csrf', settings.csrf ?? ''], ...fields]),
      credentials: 'same-origin',
      redirect: 'error',
      keepalive: onLeaving,
    })
    return answer.ok
  } catch {
    return false
  }
}

const waitBeforeSaving = 1500
const waitAfterAField = 300

function saveAsTyped(form) {
  const said = form.querySelector('[data-saved]')
  const textFields = () =>
    [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && name !== 'csrf')
  let saved = JSON.stringify(textFields())
  let timer

  async function save(onLeaving) {
    clearTimeout(timer)
    const fields = textFields()
    const now = JSON.stringify(fields)
    if (now === saved || form.dataset.sent) return
    const taken = await send(settings.drafts, [['draft', form.dataset.draft], ...fields], onLeaving)
    if (taken) {
      saved = now
      restartSession()
    }
    if (said) said.textContent = taken ? said.dataset.saved : said.dataset.unsaved
  }

  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(save, waitBeforeSaving)
  })
  // A little later: where somebody leaves a field to send the form, nothing is kept that would come after what was sent.
  form.addEventListener('focusout', () => {
    clearTimeout(timer)
    timer = setTimeout(save, waitAfterAField)
  })
  // What was sent is not kept once more as its page goes, however long the answer took.
  form.addEventListener('submit', () => {
    clearTimeout(timer)
    saved = JSON.stringify(textFields())
  })
  addEventListener('pagehide', () => save(true))
}

const warningSeconds = 120
let sessionEndsAt
let sessionTimer

function restartSession() {
  const seconds = Number(settings.sessionSeconds)
  if (!seconds) return
  sessionEndsAt = Date.now() + seconds * 1000
  clearInterval(sessionTimer)
  // The clock is looked at again and again, because a sleeping computer does not count down.
  sessionTimer = setInterval(watchSession, 1000)
}

function watchSession() {
  const dialog = document.querySelector('[data-session-ending]')
  const left = Math.round((sessionEndsAt - Date.now()) / 1000)
  if (!dialog || left > warningSeconds) return
  if (left <= 0) return location.assign(settings.signIn)
  if (!dialog.open) {
    all('form[data-draft]').forEach((form) => form.dispatchEvent(new Event('focusout')))
    dialog.showModal()
  }
  const words = left > 60 ? '2 minutes' : left > 30 ? '1 minute' : 'a few seconds'
  const shown = dialog.querySelector('[data-session-left]')
  if (shown && shown.textContent !== words) shown.textContent = words
}

async function staySignedIn() {
  const dialog = document.querySelector('[data-session-ending]')
  if (await send(settings.session, [])) restartSession()
  dialog.close()
}

function leaveQuickly(way) {
  document.documentElement.classList.add('ww-leaving')
  document.title = ''
  // All of this goes on after the page is gone, and nobody waits for it. A participant is signed out and finds what they
  // typed when they come back; what a stranger typed is forgotten, and not kept once more as the page goes.
  if (way.form) dispatchEvent(new Event('pagehide'))
  all('form[data-draft]').forEach((form) => (form.dataset.sent = 'yes'))
  if (way.form) void send(way.form.action, [], true)
  else void fetch(way.href, { redirect: 'manual', keepalive: true }).catch(() => undefined)
  location.replace(way.dataset.quickExit)
}

function listenForEscapes(way) {
  let presses = []
  addEventListener('keydown', (event) => {
    presses = event.key === 'Escape' ? [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp] : []
    if (presses.length >= 3) leaveQuickly(way)
  })
}

function countCharacters(group) {
  const field = group.querySelector('textarea')
  const message = group.querySelector('.nhsuk-character-count__message')
  const most = Number(group.dataset.maxlength)
  const rules = new Intl.PluralRules(document.documentElement.lang)
  const forms = { left: group.dataset.remaining, over: group.dataset.tooMany }
  if (!field || !message || !most) return
  const heard = document.createElement('span')
  heard.className = 'nhsuk-u-visually-hidden'
  heard.setAttribute('aria-live', 'polite')
  message.after(heard)
  let timer

  function count() {
    const left = most - field.value.length
    const number = Math.abs(left)
    const words = JSON.parse(left < 0 ? forms.over : forms.left)
    message.textContent = (words[rules.select(number)] ?? words.other).replace('#', number)
    message.classList.toggle('ww-too-many', left < 0)
    clearTimeout(timer)
    // Heard once typing pauses, not at every key.
    timer = setTimeout(() => (heard.textContent = message.textContent), 1200)
  }
  field.addEventListener('input', count)
  if (field.value) count()
}

function onlyOneOf(box) {
  const others = all(`input[name="${CSS.escape(box.name)}"]`, box.form ?? document).filter((other) => other !== box)
  box.addEventListener('change', () => box.checked && others.forEach((other) => (other.checked = false)))
  others.forEach((other) => other.addEventListener('change', () => other.checked && (box.checked = false)))
}

// The stylesheet shows and hides what a choice reveals; this says so to those who hear the page. Radios may not say it.
function tellWhatIsRevealed(group) {
  const inputs = all('input[data-aria-controls]', group)
  const tell = () => inputs.forEach((input) => input.setAttribute('aria-expanded', String(input.checked)))
  inputs.forEach((input) => input.setAttribute('aria-controls', input.dataset.ariaControls))
  group.addEventListener('change', tell)
  tell()
}

function sendOnce(event) {
  const form = event.target
  if (event.defaultPrevented || form.getAttribute('method') !== 'post') return
  if (form.dataset.sent) return event.preventDefault()
  form.dataset.sent = 'yes'
  // Coming back to a page the browser kept must not leave its forms dead.
  setTimeout(() => delete form.dataset.sent, 5000)
}

function countChosen(table) {
  const form = table.closest('form')
  const boxes = all('td.ww-choose input', table)
  const every = table.querySelector('[data-choose-all]')
  const count = form?.querySelector('[data-chosen-count]')

  function tell() {
    const chosen = boxes.filter((box) => box.checked).length
    if (count)
      count.textContent = chosen === 0 ? '' : `${chosen} ${chosen === 1 ? count.dataset.one : count.dataset.many}`
    if (!every) return
    every.checked = chosen === boxes.length
    every.indeterminate = chosen > 0 && chosen < boxes.length
  }
  table.addEventListener('change', (event) => {
    if (event.target === every) boxes.forEach((box) => (box.checked = every.checked))
    tell()
  })
  if (every) every.hidden = false
  tell()
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copy)
  const said = button.parentElement.querySelector('[aria-live]')
  try {
    await navigator.clipboard.writeText(field.value)
    said.textContent = said.dataset.copied
  } catch {
    field.select()
    said.textContent = said.dataset.byHand
  }
}

function focusSearch(event) {
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]')
  const search = document.querySelector('[data-search]')
  if (event.key !== '/' || typing || !search || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  search.focus()
}

const waitBeforeLooking = 1500

/** Looks again and again how far work in the background has come; the page is loaded anew when there is more to see. */
function watchProgress(part) {
  const bar = part.querySelector('progress')
  const words = part.querySelector('[data-refresh-words]')
  const heard = part.querySelector('[data-refresh-heard]')
  const quarter = () => Math.floor((bar.value / bar.max) * 4)
  part.querySelector('[data-refresh-link]').remove()

  async function look() {
    const now = await pageNow()
    const next = now?.querySelector('[data-refresh]')
    if (now && (!next || now.title !== document.title)) return location.replace(location.href)
    if (next) {
      const before = quarter()
      bar.value = next.querySelector('progress').value
      words.textContent = next.querySelector('[data-refresh-words]').textContent
      if (quarter() > before) heard.textContent = words.textContent
      restartSession()
    }
    setTimeout(look, waitBeforeLooking)
  }
  setTimeout(look, waitBeforeLooking)
}

async function pageNow() {
  try {
    const answer = await fetch(location.href, { credentials: 'same-origin', redirect: 'error' })
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : undefined
  } catch {
    return undefined
  }
}

/** Offers in a list only what is ticked elsewhere in its form, and what is chosen already. */
function offerOnlyTicked(select) {
  const boxes = () => all('input[type="checkbox"]:checked', select.form)
  const offer = () => {
    const ticked = boxes().flatMap(({ name, value }) => (name.startsWith(select.dataset.among) ? [value] : []))
    for (const option of select.options) {
      option.hidden = option.value !== '' && !option.selected && !ticked.includes(option.value)
      option.disabled = option.hidden
    }
  }
  select.form.addEventListener('change', offer)
  offer()
}

all('form[data-draft]').forEach(saveAsTyped)
all('select[data-among]').forEach(offerOnlyTicked)
all('[data-refresh]').forEach(watchProgress)
all('.nhsuk-character-count').forEach(countCharacters)
all('[data-checkbox-exclusive]').forEach(onlyOneOf)
all('.nhsuk-checkboxes').forEach(tellWhatIsRevealed)
all('table[data-choose]').forEach(countChosen)
all('[data-print]').forEach((button) => {
  button.hidden = false
  button.addEventListener('click', () => print())
})
all('[data-copy]').forEach((button) => {
  button.hidden = false
  button.addEventListener('click', () => copy(button))
})
all('[data-session-stay]').forEach((button) => button.addEventListener('click', staySignedIn))
all('[data-quick-exit]').forEach((way) => {
  way.addEventListener('click', (event) => {
    event.preventDefault()
    leaveQuickly(way)
  })
  listenForEscapes(way)
})
addEventListener('submit', sendOnce)
addEventListener('keydown', focusSearch)
addEventListener('pageshow', () => all('form[data-sent]').forEach((form) => delete form.dataset.sent))
document.querySelector('[data-focus]')?.focus()
restartSession()
