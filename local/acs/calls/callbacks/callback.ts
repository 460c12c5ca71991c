/** A CloudEvent on its way to the app. */
export interface Callback {
  readonly url: string;
  /** Events of one lane arrive in their order, unless a dial or a failure changes that. */
  readonly lane: string;
  readonly event: { readonly id: string; readonly type: string; readonly time: string } & Readonly<
    Record<string, unknown>
  >;
}
