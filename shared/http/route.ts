import type * as z from 'zod/mini';
import type { ErrorCode } from '../core/errors.ts';

/**
 * Who may call: everybody, whoever brings a valid token, or a bearer of the role; an admin is an agent too. `call-automation`
 * is the provider that tells of calls, and nobody else.
 */
export const roles = ['anyone', 'signed-in', 'agent', 'admin', 'call-automation'] as const;
export type Role = (typeof roles)[number];

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
export type Schema = z.ZodMiniType;

/** What the wire answers when all goes well; headers by name, each with what it says. */
export interface ResponseShape {
  readonly description: string;
  /** Left out where there is none, as with 204. */
  readonly body?: Schema;
  /** Of the body, where it is bytes and not JSON. */
  readonly bodyType?: 'audio/wav' | '*/*';
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A route, said once: the function is registered from it, the request is authorized and read by it, and the OpenAPI
 * document, its page and the authorization table are made of it. Problems that follow from role and schemas go unsaid.
 */
export interface Route {
  /** The function's name. Where two routes fit one request the host takes the lower name, so no two may. */
  readonly name: string;
  readonly method: Method;
  readonly path: `/${string}`;
  readonly role: Role;
  readonly summary: string;
  readonly description?: string;
  readonly params?: Schema;
  readonly query?: Schema;
  readonly headers?: Schema;
  readonly body?: Schema;
  /** Of the body, where it is not JSON; its schema then reads the text. */
  readonly bodyType?: 'text/csv';
  readonly responses: Readonly<Record<number, ResponseShape>>;
  readonly problems?: readonly ErrorCode[];
}

/** Keeps the literal types of a route, from which the types of its handler's request and answer are read. */
export const route = <const R extends Route>(shape: R): R => shape;

type Read<R extends Route, Part extends 'params' | 'query' | 'headers' | 'body'> = R[Part] extends Schema
  ? z.output<R[Part]>
  : undefined;

/** The parts of a request as their schemas read them. */
export interface RequestParts<R extends Route> {
  readonly params: Read<R, 'params'>;
  readonly query: Read<R, 'query'>;
  readonly headers: Read<R, 'headers'>;
  readonly body: Read<R, 'body'>;
}

type Responses<R extends Route> = R['responses'];

/** One of the answers that the route declares. */
export type Answer<R extends Route> = {
  readonly [S in keyof Responses<R>]: {
    readonly status: S;
    readonly body: Responses<R>[S] extends { readonly body: infer B extends Schema }
      ? z.output<B>
      : Responses<R>[S] extends { readonly bodyType: string }
        ? Uint8Array
        : 'body' extends keyof Responses<R>[S]
          ? unknown
          : undefined;
    readonly headers?: Readonly<Record<string, string>> | undefined;
  };
}[keyof Responses<R>];

/** An answer whose status keeps its literal type. */
export const answer = <const S extends number, B>(status: S, body: B, headers?: Readonly<Record<string, string>>) => ({
  status,
  body,
  headers,
});
