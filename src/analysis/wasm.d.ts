/** What a WebAssembly module is imported as: its bytes. scripts/rules.mjs makes them, the build and vitest hand them over. */
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>
  export default bytes
}

/** Of the WebAssembly JavaScript Interface what src/analysis/rules.ts uses; TypeScript has its types for browsers only. */
declare namespace WebAssembly {
  class Memory {
    constructor(limits: { readonly initial: number; readonly maximum: number; readonly shared: boolean })
    readonly buffer: ArrayBufferLike
  }
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>)
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>)
    readonly exports: Readonly<Record<string, unknown>>
  }
}
