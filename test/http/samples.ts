/** A request that every schema of its route takes. */
export interface Sample {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export const conversation = 'kJ0mS3kQpXy-_2VbZr8TfA';
export const entry = 'e820451439900000001AbCdEfGh-_jKlMnO';

/** One for every route, by its name. */
export const samples: Readonly<Record<string, Sample>> = {
  listConversations: {
    query: { service: '+18005550100', unread: 'true', flag: 'stop-suggested', limit: '10', cursor: 'abc' },
  },
  getConversation: { params: { id: conversation } },
  listEntries: { params: { id: conversation }, query: { limit: '100' } },
  updateConversation: {
    params: { id: conversation },
    body: {
      mode: 'agent',
      readTo: entry,
      consent: { consent: 'revoked', reason: 'Asked on the phone.' },
      settle: ['failed'],
    },
  },
  exportConversation: { params: { id: conversation } },
  searchConversations: { body: { subscriber: '(425) 555-0123', service: '+18005550100' } },
  listTemplates: {},
  eraseConversation: { params: { id: conversation } },
  sendMessage: {
    headers: { 'idempotency-key': 'order-17' },
    body: { from: '+18005550100', to: '+14255550123', text: 'Your order is ready.' },
  },
  sendConversationMessage: { params: { id: conversation }, body: { text: 'Your order is ready.' } },
  resendMessage: { params: { id: conversation, entry }, body: { number: 0 } },
  startCall: {
    headers: { 'idempotency-key': 'reminder-17' },
    body: { from: '+18005550100', to: '+14255550123', flow: 'reminder' },
  },
  callCallback: { params: { id: conversation, entry, secret: 'a-secret' }, body: [] },
  getPrompt: { params: { file: 'tone.wav' } },
  getRecording: { params: { id: conversation, entry } },
  importConsents: { body: 'service,subscriber,consent\n+18005550100,+14255550123,revoked\n' },
  listDropped: { query: { limit: '10' } },
  redriveDropped: { params: { id: '2026-11-24_kJ0mS3kQpXy-_2VbZr8TfA' } },
  issueToken: { body: { scopes: ['voip.join', 'chat.join'], expiresInMinutes: 120 } },
  revokeTokens: {},
  exchangeTeamsToken: { body: { teamsUserToken: 'ey.a.token' } },
  forgetIdentity: {},
  revokeUserTokens: { params: { user: conversation } },
  forgetUserIdentity: { params: { user: conversation } },
  listIceServers: {},
  getConsole: { params: { path: 'index.html' } },
  getHealth: {},
  getOpenApi: {},
};
