// A module of its own: the package is CommonJS, of which a bundle's `import()` gives no names.
export { compile } from "json-schema-to-typescript";
