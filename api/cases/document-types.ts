export const MAX_DOCUMENT_BYTES = 5 * 1024 * 1024;

/** What offices exchange: PDF, signed envelopes, XML, OpenDocument. Nothing that a browser would run. */
export const DOCUMENT_TYPES = ['application/pdf', 'application/pkcs7-mime', 'application/xml', 'application/vnd.oasis.opendocument.text'] as const;
