/** Code of a sub-processor in the Agency's list: no name, which may be that of a person. */
export const SUBPROCESSOR_CODE = /^[A-Z][A-Z0-9_]{1,49}$/;
