/** Command of the engine: a reminder falls due. */
export interface RemindersEngineData {
  readonly Remind: { readonly key: string };
}
