// Modules that are only handed on to plugins. The page uses nothing of them, so it needs no types of theirs.
declare module 'd3';
declare module 'prismjs' {
  const module: unknown;
  export default module;
}
declare module 'slate' {
  const module: unknown;
  export default module;
}
declare module 'slate-plain-serializer' {
  const module: unknown;
  export default module;
}
declare module 'slate-react' {
  const module: unknown;
  export default module;
}
