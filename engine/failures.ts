import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Message and stack of a failure go into a payload, which is encrypted; as text they would stand open in the history.
 * Named by path: the client and the worker load it, and so does the workflow bundle.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
