/** Node's `Buffer` in the page of a dossier. */
export { Buffer } from 'buffer/index.js';
