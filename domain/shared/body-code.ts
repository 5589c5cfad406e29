/** IPA code of a body, the Agency's own name excepted: a comune has `c_` and its cadastral code, others what IPA gave them. */
export const BODY_CODE = /^(?!agency$)[a-z][a-z0-9_]{1,29}$/;
