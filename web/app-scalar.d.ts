// app-scalar.js is made at build time: Emscripten's part of the application.

/** Makes an instance of the application; app_module.js says with what. */
export default function createModule(options: object): Promise<object>;
