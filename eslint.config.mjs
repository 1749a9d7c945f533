import tseslint from 'typescript-eslint'

const most = { lines: 40, routes: 150, markup: 100, parameters: 4, depth: 3 }

const tests = ['**/*.test.ts', '**/*.test.tsx', 'test/**', '**/testing/**']
const commandLine = ['src/main.ts', 'workwell.mjs', 'bench/**', 'prove/**']

// Lines with code in them. A list of routes and a component read from top to bottom like a page and may be longer;
// what each route does is a function of its own and counts by itself.
const functionLength = {
  meta: { type: 'suggestion', messages: { long: '{{name}} has {{lines}} lines of code; {{most}} are the most.' } },
  create: (context) => ({
    ':function'(node) {
      const name = node.id?.name ?? node.parent.id?.name ?? node.parent.key?.name ?? 'This function'
      if (node.parent.callee?.name === 'describe' || node.parent.callee?.object?.callee?.name === 'describe') return
      const limit = limitFor(name, context.filename)
      const lines = linesOfCode(context.sourceCode.getTokens(node))
      if (lines > limit) context.report({ node, messageId: 'long', data: { name, lines, most: limit } })
    },
  }),
}

function limitFor(name, file) {
  if (name.endsWith('Routes')) return most.routes
  return file.endsWith('.tsx') && /^[A-Z]/.test(name) ? most.markup : most.lines
}

function linesOfCode(tokens) {
  const lines = tokens.flatMap(({ loc }) => {
    const { start, end } = loc
    return Array.from({ length: end.line - start.line + 1 }, (_, later) => start.line + later)
  })
  return new Set(lines).size
}

const reasonGiven = {
  meta: {
    type: 'problem',
    messages: { missing: 'Name the rule and give the reason: "eslint-disable-next-line rule -- why".' },
  },
  create: ({ sourceCode, report }) => ({
    Program() {
      for (const comment of sourceCode.getAllComments()) {
        if (
          !/^\s*eslint-disable/.test(comment.value) ||
          /^\s*eslint-disable[a-z-]*\s+[\w@].* -- \S/.test(comment.value)
        )
          continue
        // Before the comment, where its own silence does not reach.
        report({ loc: { ...comment.loc, start: { ...comment.loc.start, column: -1 } }, messageId: 'missing' })
      }
    },
  }),
}

const everywhere = {
  plugins: { house: { rules: { 'function-length': functionLength, 'reason-given': reasonGiven } } },
  rules: {
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'house/function-length': 'error',
    'house/reason-given': 'error',
    'max-depth': ['error', most.depth],
    'max-params': ['error', most.parameters],
    'no-console': 'error',
    'no-param-reassign': 'error',
    'no-var': 'error',
    'object-shorthand': 'error',
    'prefer-const': 'error',
  },
}

const typed = {
  files: ['**/*.ts', '**/*.tsx'],
  extends: [tseslint.configs.recommendedTypeChecked],
  languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
  rules: {
    '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
    '@typescript-eslint/no-deprecated': 'error',
    '@typescript-eslint/no-non-null-assertion': 'error',
    '@typescript-eslint/no-unnecessary-condition': 'error',
    '@typescript-eslint/no-unused-vars': [
      'error',
      { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', varsIgnorePattern: '^_$' },
    ],
    // Days and moments read as they should in a text.
    '@typescript-eslint/restrict-template-expressions': [
      'error',
      { allowNumber: true, allow: [{ from: 'lib', name: ['PlainDate', 'PlainTime', 'Instant'] }] },
    ],
    // Plugins and routes of the web framework are async by their shape, with or without something to wait for.
    '@typescript-eslint/require-await': 'off',
    // A promise returned from inside try or finally would escape it: a transaction would close before its work.
    '@typescript-eslint/return-await': ['error', 'in-try-catch'],
    '@typescript-eslint/switch-exhaustiveness-check': 'error',
    'no-restricted-syntax': [
      'error',
      { selector: 'ExportDefaultDeclaration', message: 'Export it by name.' },
      {
        selector: 'ClassDeclaration:not([superClass])',
        message: 'Use functions and plain values; classes are for errors.',
      },
      { selector: 'ForInStatement', message: 'Use Object.keys, values or entries.' },
    ],
  },
}

const inTests = {
  files: tests,
  rules: {
    // What a response or a row holds is asserted, not typed.
    '@typescript-eslint/no-unsafe-argument': 'off',
    '@typescript-eslint/no-unsafe-assignment': 'off',
    '@typescript-eslint/no-unsafe-call': 'off',
    '@typescript-eslint/no-unsafe-member-access': 'off',
    '@typescript-eslint/no-unsafe-return': 'off',
  },
}

export default tseslint.config(
  { ignores: ['node_modules/', '.workwell/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  everywhere,
  typed,
  inTests,
  { files: commandLine, rules: { 'no-console': 'off' } },
  { files: ['vitest.config.ts', 'test/database.ts'], rules: { 'no-restricted-syntax': 'off' } },
)
