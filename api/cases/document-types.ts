export const MAX_DOCUMENT_BYTES = 5 * 1024 * 1024;

/** What offices exchange: PDF, signed envelopes, XML, OpenDocument. Nothing that a browser would run. */
export const DOCUMENT_TYPES = ['application/pdf', 'application/pkcs7-mime', 'application/xml', 'application/vnd.oasis.opendocument.text'] as const;

/** Their types by the endings of their names: what browsers call such a file differs from machine to machine. */
export const TYPE_BY_ENDING: Readonly<Record<string, (typeof DOCUMENT_TYPES)[number]>> = {
  pdf: 'application/pdf', p7m: 'application/pkcs7-mime', xml: 'application/xml', odt: 'application/vnd.oasis.opendocument.text',
};
