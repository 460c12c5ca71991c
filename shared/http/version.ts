/** Of the API and the app; a test holds it to package.json, which the bundle does not carry. */
export const version = '0.1.0';
