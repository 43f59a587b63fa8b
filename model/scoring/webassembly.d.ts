// The types of WebAssembly that the scoring kernel uses: TypeScript's own come only with the browser's whole API.

declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }

  class Memory {
    readonly buffer: ArrayBuffer;
    constructor(size: { initial: number });
  }

  class Instance {
    readonly exports: Record<string, (...numbers: number[]) => void>;
    constructor(module: Module, imports: Record<string, Record<string, Memory>>);
  }
}
