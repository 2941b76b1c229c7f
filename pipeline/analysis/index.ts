export { compile, normalize, type Compiled, type CompiledQuery, type CompileOptions } from './compile.ts';
export { DefinitionError, describeFault, type DefinitionFault } from './definitions/error.ts';
export type { ColumnType, ResultColumn } from './analysis.ts';
export type { AnalysisName, Definition, DefinitionInput } from './registry.ts';
export { parameterText } from './render/parameter-text.ts';
export type { Parameter, Parameters } from './render/parameters.ts';
export { checkCatalogue } from './names/check-catalogue.ts';
export { resolveMetric, resolveNames, type Catalogue } from './names/resolve-names.ts';
export type { Reason } from './why/reasons.ts';
