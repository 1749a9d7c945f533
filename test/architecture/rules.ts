import type { Rule } from './fault.ts'
import { onlyRulesAndStores, storesAreRead } from './rules/between.ts'
import { namedExports, plainValues, typesAreTold } from './rules/language.ts'
import { namesSaySomething } from './rules/names.ts'
import { pagesOnlyShow, routesOnlyRoute, rulesArePure, storesOnlyStore } from './rules/purity.ts'
import { filesFit, functionsFit } from './rules/sizes.ts'
import { boundariesAreVisible, noStrays } from './rules/strays.ts'
import { oneWriterPerTable, sqlStandsInStores } from './rules/tables.ts'
import { timeFlowsForward } from './rules/time.ts'

/** Everything the architecture promises, each with the sentence it is known by. */
export const rules = {
  timeFlowsForward,
  onlyRulesAndStores,
  storesAreRead,
  rulesArePure,
  pagesOnlyShow,
  storesOnlyStore,
  routesOnlyRoute,
  oneWriterPerTable,
  sqlStandsInStores,
  noStrays,
  boundariesAreVisible,
  filesFit,
  functionsFit,
  namesSaySomething,
  namedExports,
  plainValues,
  typesAreTold,
} as const satisfies Readonly<Record<string, Rule>>

export type RuleName = keyof typeof rules
