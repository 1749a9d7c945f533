// Starts everything. Plain JavaScript without dependencies, because it runs before anything is installed and under
// whatever Node the machine has; the product itself runs under the Node that package.json pins.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))
const inModules = (...path) => join(root, 'node_modules', ...path)
const node = inModules('.bin', 'node')
const stampFile = inModules('.workwell-installed')

// By address and not by name, so that it works from any folder; tsx looks for tsconfig.json in the folder it is started in.
const typescript = ['--import', pathToFileURL(inModules('tsx', 'dist', 'loader.mjs')).href]
const productEnv = { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.json') }
const product = [...typescript, join(root, 'src', 'main.ts')]
const builds = inModules('.workwell')
// React has a slower build that explains mistakes to developers, and takes it unless told otherwise. Tests keep that one.
const quickEnv = { NODE_ENV: 'production', NODE_COMPILE_CACHE: inModules('.workwell', 'compiled'), ...productEnv }
const vitest = [inModules('vitest', 'vitest.mjs'), 'run']

const checks = [
  ['types', [inModules('@typescript', 'native', 'bin', 'tsc'), '-p', '.'], 'Correct the types named above.'],
  ['format', [inModules('prettier', 'bin', 'prettier.cjs'), '--check', '.'], 'Run: npx prettier --write .'],
  ['lint', [inModules('eslint', 'bin', 'eslint.js'), '--max-warnings=0', '.'], 'Correct what is named above.'],
  [
    'architecture',
    [...vitest, 'test/architecture.test.ts'],
    'Move what crosses a boundary, or split what is too long.',
  ],
  [
    'access table',
    [...vitest, 'test/access.test.ts'],
    'Review the difference; if it is meant, write it to test/access.txt.',
  ],
  ['schema', [...product, 'schema', '--check'], 'Run: npm run workwell -- schema'],
  ['stylesheet', [...product, 'stylesheet', '--check'], 'Run: npm run workwell -- stylesheet'],
  ['dead code', [...vitest, 'test/dead-code.test.ts'], 'Remove what nobody uses, or use it.'],
]

const browsers = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const read = (name) => readFileSync(join(root, name), 'utf8')
const say = (line) => process.stderr.write(`${line}\n`)

function stop(sentence) {
  say(`\n${sentence}`)
  process.exit(1)
}

const lockHash = () => createHash('sha256').update(read('package-lock.json')).digest('hex')

function install() {
  if (isInstalled()) return
  const release = takeTurn(join(root, '.workwell', 'installing'))
  try {
    if (!isInstalled()) installNow()
  } finally {
    release()
  }
}

function isInstalled() {
  const stamped = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash()
  if (!stamped && !matchesLock()) return false
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  if (stdout?.trim() !== `v${JSON.parse(read('package.json')).dependencies.node}`) return false
  if (!stamped) stamp()
  return true
}

// What npm noted about the last install, so that one made by hand is taken as it is (there may be no network now).
function matchesLock() {
  const noted = inModules('.package-lock.json')
  if (!existsSync(noted)) return false
  const there = JSON.parse(readFileSync(noted, 'utf8')).packages
  const wanted = Object.entries(JSON.parse(read('package-lock.json')).packages)
  return wanted.every(
    ([path, { version, optional, devOptional, peer }]) =>
      path === '' || there[path]?.version === version || (!there[path] && (optional || devOptional || peer)),
  )
}

function stamp() {
  try {
    writeFileSync(stampFile, lockHash())
  } catch {
    // Installed by somebody else and not ours to write: the longer look is taken each time.
  }
}

function installNow() {
  say('Installing what is missing. This happens once and takes a minute or two.')
  // Onto an older install npm can roll back when the network fails; npm ci begins by removing everything.
  const ways = [['ci'], ['install', '--no-save']]
  if (existsSync(inModules('.package-lock.json'))) ways.reverse()
  for (const way of ways) {
    const { status, stderr, error } = npm(way)
    if (status === 0) stamp()
    if (status === 0 && isInstalled()) return
    const said = String(error ?? stderr)
    say(said.split('\n').slice(0, 12).join('\n'))
    const [, advice] = hopeless.find(([sign]) => sign.test(said)) ?? []
    if (advice) stop(`${advice}, and try again.`)
  }
  stop('The parts could not be installed. Read what npm said above; removing node_modules often helps.')
}

const hopeless = [
  [/spawn.*ENOENT|ENOENT.*spawn/, 'npm was not found. Install Node.js 18 or later with its npm (nodejs.org)'],
  [
    /EAI_AGAIN|ENOTFOUND|ECONN|ETIMEDOUT|ENETUNREACH|SOCKET_TIMEOUT/,
    'The package registry was not reached. Connect to the network, or set the proxy for npm',
  ],
  [/ENOSPC/, 'The disk is full. Free about 1 GB'],
  [/EACCES|EPERM|EROFS/, `${root} cannot be written. Give it to the user that starts WorkWell`],
]

function npm(words) {
  const always = '--include=dev --include=optional --ignore-scripts=false --engine-strict=false --prefer-offline'
  const quiet = '--no-audit --no-fund --loglevel=error'
  const options = { cwd: root, env: npmEnv(), stdio: ['ignore', 2, 'pipe'], encoding: 'utf8' }
  return spawnSync('npm', [...words, ...`${always} ${quiet}`.split(' ')], options)
}

function npmEnv() {
  // npm puts our own Node first in the path, and that is what is being replaced.
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== inModules('.bin'))
  const cache = process.env.npm_config_cache ?? join(homedir(), '.npm')
  const ownCache = isWritable(cache) ? {} : { npm_config_cache: join(root, '.workwell', 'npm') }
  return { ...process.env, ...ownCache, PATH: path.join(delimiter) }
}

// One process installs at a time; others wait for it.
function takeTurn(file) {
  for (let waited = 0; ; waited += 1) {
    try {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (problem) {
      if (problem.code !== 'EEXIST')
        stop(`${dirname(file)} cannot be written (${problem.code}). Give it to who starts WorkWell.`)
      if (waited === 0) say('Another start is installing. Waiting for it.')
      if (!isHeld(file)) rmSync(file, { force: true })
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    }
  }
}

function isHeld(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > 15 * 60_000) return false
    return process.kill(Number(readFileSync(file, 'utf8')), 0)
  } catch (problem) {
    return problem.code === 'EPERM'
  }
}

function isWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

const worksAs = (path) =>
  Boolean(path) && spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0

function chromium() {
  return browsers.find(worksAs) ?? chromiumFromSystem() ?? chromiumFromPlaywright()
}

function chromiumFromSystem() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  say('Installing Chromium for the browser tests with apt-get. This happens once.')
  const quietly = { stdio: ['ignore', 'ignore', 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  spawnSync('apt-get', ['update', '-qq'], quietly)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quietly)
  return browsers.find(worksAs)
}

function chromiumFromPlaywright() {
  const cli = inModules('playwright-core', 'cli.js')
  const ownPlace = { PLAYWRIGHT_BROWSERS_PATH: join(root, '.workwell', 'browsers') }
  const env = isWritable(join(homedir(), '.cache')) ? process.env : { ...process.env, ...ownPlace }
  const where = `process.stdout.write(require(${JSON.stringify(inModules('playwright-core'))}).chromium.executablePath())`
  const { stdout: path } = spawnSync(node, ['-e', where], { env, encoding: 'utf8' })
  if (worksAs(path)) return path
  say('Downloading Chromium for the browser tests. This happens once.')
  const withParts = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') ? ['--with-deps'] : []
  spawnSync(node, [cli, 'install', ...withParts, 'chromium'], { env, stdio: ['ignore', 2, 2] })
  if (worksAs(path)) return path
  return stop('The tests need Chromium. Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH to it.')
}

/**
 * The product in one file, made again when a source has changed: it starts in half the time and needs less memory than
 * read file by file. Where it cannot be written the product is read file by file.
 */
function built() {
  const file = join(
    builds,
    `${stateOf([join(root, 'src'), join(root, 'data', 'questionnaires'), join(root, 'build.mjs'), stampFile])}.mjs`,
  )
  if (existsSync(file)) return ['--enable-source-maps', file]
  if (!isWritable(builds)) return product
  removeOlder(builds)
  const words = [join(root, 'build.mjs'), join(root, 'src', 'main.ts'), file]
  const { status, stderr } = spawnSync(node, words, { cwd: root, encoding: 'utf8' })
  if (status === 0) return ['--enable-source-maps', file]
  say(stderr)
  return product
}

// Another start may be about to read one of today.
function removeOlder(folder) {
  const isOld = (file) => file.endsWith('.mjs') && Date.now() - statSync(file).mtimeMs > 24 * 3_600_000
  const files = readdirSync(folder).map((name) => join(folder, name))
  for (const file of files.filter(isOld)) rmSync(file, { force: true })
}

/** A name for these files and folders as they are now: another when one is added, removed or changed. */
function stateOf(paths) {
  const hash = createHash('sha256').update(root)
  const look = (path) => {
    const found = statSync(path)
    const { mtimeMs, size } = found
    if (!found.isDirectory()) return hash.update(`${path} ${mtimeMs} ${size}\n`)
    for (const name of readdirSync(path).sort()) look(join(path, name))
  }
  for (const path of paths.filter((one) => existsSync(one))) look(path)
  return hash.digest('hex').slice(0, 32)
}

function run(words, { env = productEnv, cwd = process.cwd() } = {}) {
  const child = spawn(node, words, { cwd, env, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal tells the whole group of a Ctrl-C; telling the product twice would read as impatience.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal))
  }
  child.on('error', (problem) =>
    stop(`${node} could not be run (${problem.message}). Remove node_modules and try again.`),
  )
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

function check() {
  const options = { cwd: root, env: productEnv, encoding: 'utf8', maxBuffer: 1e9 }
  const failed = checks.filter(([name, words, remedy]) => {
    const began = Date.now()
    const { status, stdout, stderr } = spawnSync(node, words, options)
    const took = `${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`
    console.log(status === 0 ? `ok    ${took}` : `FAIL  ${took}\n${stdout}${stderr}\n      ${remedy}`)
    return status !== 0
  })
  const names = failed.map(([name]) => name).join(', ')
  if (failed.length > 0) stop(`${failed.length} of ${checks.length} checks failed: ${names}.`)
}

if (process.platform === 'win32')
  stop('WorkWell runs on Linux and macOS. On Windows use it inside WSL (wsl --install).')

const benches = {
  import: 'import.ts',
  feeds: 'feeds.ts',
  withdrawing: 'withdrawing.ts',
  guessing: 'guessing.ts',
  services: 'services.ts',
  onward: 'onward.ts',
  fhir: 'fhir.ts',
  figures: 'figures.ts',
}
const [word, ...rest] = process.argv.slice(2)
install()
if (word === 'test') run([...vitest, ...rest], { cwd: root, env: { ...productEnv, CHROMIUM_PATH: chromium() } })
else if (word === 'check') check()
else if (word === 'prove') run([...typescript, join(root, 'prove', 'run.ts'), ...rest], { cwd: root, env: productEnv })
else if (word === 'gallery')
  run([...typescript, join(root, 'test', 'gallery', 'make.ts')], { env: { ...productEnv, CHROMIUM_PATH: chromium() } })
else if (word === 'bench')
  run([...typescript, join(root, 'bench', benches[rest[0]] ?? 'run.ts'), ...rest], { env: quickEnv })
else run([...built(), ...(word ? [word] : []), ...rest], { env: quickEnv })
