/** A token that was issued; its text is not kept. */
export interface IssuedToken {
  /** Digest of the text. */
  readonly id: string;
  /** `8:acs:…`, or `8:orgid:…` of somebody from Teams. */
  readonly identity: string;
  readonly scopes: readonly string[];
  /** Milliseconds since 1970, as is the next. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Everything that happens to identities and must be known later; the journal holds these. `at`: milliseconds since 1970. */
export type IdentityFact =
  | { readonly type: 'created'; readonly identity: string; readonly at: number }
  | { readonly type: 'issued'; readonly token: IssuedToken }
  /** Every token of the identity so far is good for nothing. */
  | { readonly type: 'revoked'; readonly identity: string; readonly at: number }
  | { readonly type: 'deleted'; readonly identity: string; readonly at: number };
