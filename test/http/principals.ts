/** A claim under the name that App Service gives it. */
export type PlatformClaim = readonly [typ: string, val: string];

export const nameIdentifier = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier';
export const objectIdentifier = 'http://schemas.microsoft.com/identity/claims/objectidentifier';

/** `x-ms-client-principal` as App Service writes it for somebody signed in with Entra ID. */
export const principalOf = (claims: readonly PlatformClaim[]): string =>
  Buffer.from(
    JSON.stringify({
      auth_typ: 'aad',
      claims: claims.map(([typ, val]) => ({ typ, val })),
      name_typ: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
      role_typ: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role',
    }),
  ).toString('base64');
