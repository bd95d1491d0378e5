// More than half of undici is fetch, WebSocket, caches and mocks; nothing of it is used.
export { default as Agent } from 'undici/lib/dispatcher/agent.js';
