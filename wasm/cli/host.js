// Names that JavaScript gives the command, so that its link takes no other missing one for an import. None of it is
// in the module: wasm/bridge/command.ts has them.
const names = ['open', 'take', 'write', 'print', 'clock', 'terminal'];
mergeInto(LibraryManager.library, Object.fromEntries(names.map((name) => [name, () => {}])));
