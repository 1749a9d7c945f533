// Puts the product into one file for the Node that runs it: `node build.mjs SOURCE TARGET`. Started by workwell.mjs.
import { build } from 'esbuild'
import { readFileSync, renameSync } from 'node:fs'
import { dirname, extname } from 'node:path'
import { pathToFileURL } from 'node:url'

const [source, target] = process.argv.slice(2)

// In one file everybody would stand in the same place: each source is told where it stands in the tree.
const places = {
  name: 'places',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8')
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
      return { contents, loader: extname(path).slice(1) }
    }),
}

await build({
  entryPoints: [source],
  outfile: `${target}.part`,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  jsx: 'automatic',
  sourcemap: 'inline',
  sourcesContent: false,
  logLevel: 'error',
  plugins: [places],
})
renameSync(`${target}.part`, target)
