/** As much of `node-turn` as is used here; it brings no types. */
declare module 'node-turn' {
  export default class Turn {
    constructor(options: {
      readonly listeningIps: readonly string[];
      readonly listeningPort: number;
      readonly relayIps: readonly string[];
      readonly authMech: 'long-term';
      readonly realm: string;
      /** Passwords by user name; asked anew with each request. */
      readonly credentials: Readonly<Record<string, string>>;
    });
    start(): void;
    stop(): void;
  }
}
